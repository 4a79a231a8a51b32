"use client";
import { type Role, roles } from "@cloudoptima/tools/kernel/permissions.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { absoluteLink } from "./absolute-link.ts";
import { AccessForm } from "./access-form.tsx";
import { OnceSecret } from "./once-secret.tsx";
import { roleWords } from "./role-words.ts";

/** Makes a link with which somebody joins. */
export function InviteForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>("member");
  const [made, setMade] = useState<{ email: string; address: string } | null>(null);
  return (
    <div className="flex flex-col gap-4">
      {made && (
        <OnceSecret
          label={`The link for ${made.email}. Copy it now: it is not shown again.`}
          value={made.address}
          onDone={() => setMade(null)}
        />
      )}
      <AccessForm
        primary={false}
        button="Make a link"
        busyButton="Making it…"
        onSend={async (form) => {
          const { email } = readForm(form, ["email"]);
          const { path, invitation } = await trpcClient.invite_person.mutate({ email, role });
          form.reset();
          setMade({ email: invitation.email, address: absoluteLink(path) });
          await queryClient.invalidateQueries(trpc.list_people.pathFilter());
        }}
      >
        <div className="grid gap-3 sm:grid-cols-[1fr_130px]">
          <TextField label="E-mail address" name="email" type="email" autoComplete="off" required />
          <ChoiceField
            label="Role"
            value={role}
            onPick={(picked) => setRole(picked)}
            options={roles.map((value) => ({ value, label: value }))}
          />
        </div>
        <p className="text-faint text-xs">
          {role}: {roleWords[role]}.
        </p>
      </AccessForm>
    </div>
  );
}
