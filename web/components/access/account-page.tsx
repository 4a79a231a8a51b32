"use client";
import { useQueryClient } from "@tanstack/react-query";
import { api, problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { sessionKey, useSession } from "../../lib/queries.ts";
import { LinkedChats } from "../chat-links/linked-chats.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AccessForm } from "./access-form.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { PasswordForm } from "./password-form.tsx";
import { Section, SettingsPage } from "./section.tsx";
import { SessionList } from "./session-list.tsx";
import { type Account, accountKey, useAccount } from "./use-account.ts";

/** A person's own name, password, sessions and API keys. */
export function AccountPage() {
  const account = useAccount();
  const session = useSession();
  if (account.isError) {
    return (
      <SettingsPage title="Account" text="Your own name, password, sessions and keys.">
        <Problem text={problemText(account.error)} />
      </SettingsPage>
    );
  }
  if (!account.data) {
    return (
      <SettingsPage title="Account" text="Your own name, password, sessions and keys.">
        <Skeleton className="h-96 rounded-lg" />
      </SettingsPage>
    );
  }
  const { email, role, organization, demo } = account.data;
  return (
    <SettingsPage title="Account" text={`${email}, ${role} of ${organization}${demo ? " (demo)" : ""}`}>
      <Section title="Name" text="As others see it beside proposals and approvals.">
        <NameForm account={account.data} />
      </Section>
      <Section
        title="Password"
        text="Asked for when you sign in, and by the terminal when you approve a change there."
      >
        <PasswordForm account={account.data} />
      </Section>
      <Section title="Sessions" text="Browsers that are signed in as you.">
        <SessionList sessions={account.data.sessions} />
      </Section>
      {may(session.data, "conversations:own") && (
        <Section
          title="Linked chats"
          text="Ask in Slack or Teams and decide on changes there, as yourself. Only an account that you confirm here counts."
        >
          <LinkedChats />
        </Section>
      )}
      {may(session.data, "api-keys:own") && (
        <Section
          title="API keys"
          text="For your own programs and assistants. A key reads and proposes; it never approves."
        >
          <ApiKeys role={role} />
        </Section>
      )}
    </SettingsPage>
  );
}

function NameForm({ account }: { account: Account }) {
  const queryClient = useQueryClient();
  return (
    <AccessForm
      primary={false}
      button="Save"
      busyButton="Saving…"
      onSend={async (form) => {
        await api("/account/name", { method: "PUT", body: readForm(form, ["name"]) });
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: accountKey }),
          queryClient.invalidateQueries({ queryKey: sessionKey }),
        ]);
      }}
    >
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        defaultValue={account.name}
        required
        maxLength={100}
        className="max-w-sm"
      />
    </AccessForm>
  );
}
