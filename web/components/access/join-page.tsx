"use client";
import { useQuery } from "@tanstack/react-query";
import { api, problemText } from "../../lib/api.ts";
import { Notice } from "../shell/notice.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";
import { NewPasswordField, NewPersonFields } from "./password-fields.tsx";
import { useLinkToken } from "./use-link-token.ts";

interface Invitation {
  kind: "join" | "password";
  organization: string;
  email: string;
  role: string;
}

/** Uses an invitation up: somebody new says who they are; a member chooses a new password. */
export function JoinPage() {
  const token = useLinkToken();
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api<Invitation>("/session/invitation", { body: { token } }),
    enabled: Boolean(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "") {
    return <Notice title="This address is not whole" text="Open the link as the admin gave it to you." />;
  }
  if (invitation.isError) {
    return <Notice title="This link cannot be used" text={problemText(invitation.error)} />;
  }
  if (!invitation.data) return <Notice title="Your invitation" text="One moment." />;
  const { kind, organization, email, role } = invitation.data;
  const send = async (form: HTMLFormElement) => {
    const { name, password } = readForm(form, ["name", "password"]);
    await api("/session/join", { body: { token, name: name || email, password } });
    window.location.replace("/");
  };
  return kind === "join" ? (
    <Notice title={`Join ${organization}`} text={`You were invited as ${role}. The link works once.`}>
      <AccessForm wide button="Join" busyButton="Joining…" onSend={send}>
        <NewPersonFields email={email} fixedEmail />
      </AccessForm>
    </Notice>
  ) : (
    <Notice
      title="Choose a new password"
      text={`For ${email} in ${organization}. Your other sessions and your API keys end.`}
    >
      <AccessForm wide button="Set password" busyButton="Setting it…" onSend={send}>
        <TextField label="E-mail address" type="email" autoComplete="username" value={email} readOnly />
        <NewPasswordField label="New password" />
      </AccessForm>
    </Notice>
  );
}
