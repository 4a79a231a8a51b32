"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type SessionInfo } from "../../lib/api.ts";
import { useAction } from "../../lib/use-action.ts";
import { AccessForm } from "../access/access-form.tsx";
import { NewPersonFields } from "../access/password-fields.tsx";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { Notice } from "./notice.tsx";

/** The way in: one click where there is a demo; address and password; a new organization where that is allowed. */
export function SignIn({ session }: { session: SessionInfo }) {
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<"password" | "register" | null>(
    session.demoSignIn ? null : "password",
  );
  const enter = (path: string, body: unknown) => async () => {
    await api(path, { body });
    await queryClient.invalidateQueries();
  };
  const demo = useAction(enter("/session/demo", {}));

  if (asking === "register") {
    return (
      <Notice title="Make an organization" text="You become its first admin and invite the others.">
        <AccessForm
          wide
          button="Make it"
          busyButton="Making it…"
          onSend={(form) =>
            enter("/session/register", readForm(form, ["organization", "name", "email", "password"]))()
          }
        >
          <TextField label="Organization" name="organization" autoComplete="organization" required />
          <NewPersonFields />
        </AccessForm>
        <Other onClick={() => setAsking("password")}>Sign in instead</Other>
      </Notice>
    );
  }
  if (asking === "password") {
    return (
      <Notice title="Sign in" text={howToComeIn(session)}>
        <AccessForm
          wide
          button="Sign in"
          busyButton="Signing in…"
          onSend={(form) => enter("/session/sign-in", readForm(form, ["email", "password"]))()}
        >
          <TextField
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </AccessForm>
        {session.registration && <Other onClick={() => setAsking("register")}>Make an organization</Other>}
        {session.demoSignIn && <Other onClick={() => setAsking(null)}>Back to the demo</Other>}
      </Notice>
    );
  }
  return (
    <Notice
      title="Ask your cloud what it costs"
      text="Two demo organizations live on this machine: Contoso with a year of Azure cost, and SunBird with a month from a real FOCUS file. Every figure you get can be opened to its rows."
    >
      <Button
        variant="primary"
        size="large"
        className="w-full"
        onClick={() => demo.run()}
        disabled={demo.isBusy}
      >
        {demo.isBusy ? "Opening…" : "Open the demo"}
      </Button>
      <Problem text={demo.problem} className="mt-3" />
      <Other onClick={() => setAsking("password")}>Sign in with a password</Other>
      <p className="mt-3 text-faint text-xs">
        Demo sign-in works only on this machine, and only until you connect something real.
      </p>
    </Notice>
  );
}

function howToComeIn({ setUp, registration }: SessionInfo): string {
  if (setUp) {
    return "Is this the first start? Then open the single-use set-up link that CloudOptima printed in its terminal.";
  }
  return registration
    ? "With your address and password."
    : "No account yet? An admin of your organization can invite you.";
}

function Other({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <Button variant="ghost" className="mt-2 w-full" onClick={onClick}>
      {children}
    </Button>
  );
}
