"use client";
import { narrowerRole, type Role, roles } from "@cloudoptima/tools/kernel/permissions.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { AccessForm } from "./access-form.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { day, moment } from "./moment.ts";
import { OnceSecret } from "./once-secret.tsx";

const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
] as const;

/** A person's own keys: make, look at, revoke. The key itself is shown once. */
export function ApiKeys({ role: own }: { role: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keys = useQuery(trpc.list_api_keys.queryOptions({}, { select: ({ apiKeys }) => apiKeys }));
  const [made, setMade] = useState<string | null>(null);
  // Narrower than an admin's own: a program seldom needs more than to read and propose.
  const [role, setRole] = useState<Role>(own === "admin" ? "member" : (own as Role));
  const [lifetime, setLifetime] = useState<(typeof lifetimes)[number]["value"]>("90");
  const refresh = () => queryClient.invalidateQueries(trpc.list_api_keys.pathFilter());
  const revoke = useAction(async (id: string) => {
    await trpcClient.revoke_api_key.mutate({ id });
    await refresh();
  });
  const possible = roles.filter((one) => narrowerRole(one, own as Role) === one);
  return (
    <div className="flex flex-col gap-4">
      {made && (
        <OnceSecret
          label="Your new key. Copy it now: it is not shown again."
          value={made}
          onDone={() => setMade(null)}
        />
      )}
      <Problem text={keys.isError ? problemText(keys.error) : null} />
      {keys.data && keys.data.length > 0 && (
        <ul className="divide-y rounded-lg border bg-surface">
          {keys.data.map((key) => (
            <li key={key.id} className="flex items-center justify-between gap-3 px-3 py-2.5">
              <div className="min-w-0 text-sm">
                <p className="truncate">
                  {key.name} <code className="font-mono text-faint text-xs">{key.start}…</code>
                </p>
                <p className="text-faint text-xs tabular-nums">
                  {key.role} · {key.expiresAt ? `until ${day(key.expiresAt)}` : "does not expire"} ·{" "}
                  {key.lastUsedAt ? `used ${moment(key.lastUsedAt)}` : "never used"}
                </p>
              </div>
              <ConfirmButton
                label="Revoke"
                question="Revoke for good"
                describe={key.name}
                busy={revoke.isBusy}
                onConfirm={() => revoke.run(key.id)}
              />
            </li>
          ))}
        </ul>
      )}
      <Problem text={revoke.problem} />
      <AccessForm
        primary={false}
        button="Make a key"
        busyButton="Making it…"
        onSend={async (form) => {
          const { name } = readForm(form, ["name"]);
          const { key } = await trpcClient.create_api_key.mutate({
            name,
            role,
            expiresInDays: Number(lifetime),
          });
          form.reset();
          setMade(key);
          await refresh();
        }}
      >
        <div className="grid gap-3 sm:grid-cols-[1fr_130px_110px]">
          <TextField label="Name" name="name" placeholder="What uses it" required maxLength={60} />
          <ChoiceField
            label="Role"
            value={role}
            onPick={(picked) => setRole(picked)}
            options={possible.map((value) => ({ value, label: value }))}
          />
          <ChoiceField
            label="Valid for"
            value={lifetime}
            onPick={(picked) => setLifetime(picked)}
            options={lifetimes}
          />
        </div>
      </AccessForm>
    </div>
  );
}
