"use client";
import { useEffect, useRef, useState } from "react";
import { api, problemText } from "../../lib/api.ts";
import { Notice } from "./notice.tsx";

/** Redeems the single-use link that the terminal printed; the token is in the fragment, which no server logs. */
export function SetupPage() {
  const [problem, setProblem] = useState<string | null>(null);
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    const token = window.location.hash.slice(1);
    window.history.replaceState(null, "", "/setup");
    api("/session/setup", { body: { token } }).then(
      () => window.location.replace("/"),
      (error: unknown) => setProblem(problemText(error)),
    );
  }, []);
  return problem ? (
    <Notice title="This link cannot be used" text={problem} />
  ) : (
    <Notice title="Signing you in" text="One moment." />
  );
}
