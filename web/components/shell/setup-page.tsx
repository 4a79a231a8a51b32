"use client";
import { api } from "../../lib/api.ts";
import { AccessForm } from "../access/access-form.tsx";
import { NewPersonFields } from "../access/password-fields.tsx";
import { useLinkToken } from "../access/use-link-token.ts";
import { readForm } from "../ui/field.tsx";
import { Notice } from "./notice.tsx";

/** Redeems the single-use link that the terminal printed: the first admin says who they are. */
export function SetupPage() {
  const token = useLinkToken();
  if (token === null) return <Notice title="Set up" text="One moment." />;
  if (token === "") {
    return (
      <Notice
        title="This address is not whole"
        text="Open the set-up link as CloudOptima printed it in its terminal."
      />
    );
  }
  return (
    <Notice
      title="Set up CloudOptima"
      text="You become the first admin. The link works once, within an hour."
    >
      <AccessForm
        wide
        button="Set up"
        busyButton="Setting up…"
        onSend={async (form) => {
          const admin = readForm(form, ["name", "email", "password"]);
          await api("/session/setup", { body: { token, ...admin } });
          window.location.replace("/");
        }}
      >
        <NewPersonFields />
      </AccessForm>
    </Notice>
  );
}
