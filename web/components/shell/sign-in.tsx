"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, problemText, type SessionInfo } from "../../lib/api.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "./notice.tsx";

/** The first page of a demo: one click. Without a demo, the way in is the link in the terminal. */
export function SignIn({ session }: { session: SessionInfo }) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  if (!session.demoSignIn) {
    return (
      <Notice
        title="Open your set-up link"
        text="CloudOptima printed a single-use link when it started. Open it to sign in as the first admin; a restart prints a new one."
      />
    );
  }

  const enter = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api("/session/demo", { method: "POST", body: {} });
      await queryClient.invalidateQueries();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };

  return (
    <Notice
      title="Ask your cloud what it costs"
      text="Two demo organizations live on this machine: Contoso with a year of Azure cost, and SunBird with a month from a real FOCUS file. Every figure you get can be opened to its rows."
    >
      <Button variant="primary" size="large" className="w-full" onClick={enter} disabled={busy}>
        {busy ? "Opening…" : "Open the demo"}
      </Button>
      {problem && (
        <p role="alert" className="mt-3 text-sm text-worse">
          {problem}
        </p>
      )}
      <p className="mt-3 text-faint text-xs">
        Demo sign-in works only on this machine, and only until you connect something real.
      </p>
    </Notice>
  );
}
