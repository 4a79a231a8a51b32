"use client";
import type { Person } from "@cloudoptima/tools/access/people-shapes.ts";
import { type Role, roles } from "@cloudoptima/tools/kernel/permissions.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionKey } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { absoluteLink } from "./absolute-link.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { moment } from "./moment.ts";
import { OnceSecret } from "./once-secret.tsx";
import { roleWords } from "./role-words.ts";

/** Everybody with their role, which changes at once; and the ways out. */
export function PeopleTable({ people, ownId }: { people: readonly Person[]; ownId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [link, setLink] = useState<{ name: string; address: string } | null>(null);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.list_people.pathFilter()),
      // One's own role may be another now.
      queryClient.invalidateQueries({ queryKey: sessionKey }),
    ]);
  const act = useAction(async (work: () => Promise<unknown>) => {
    await work();
    await refresh();
  });
  const renew = ({ id, name }: Person) =>
    act.run(async () => {
      const { path } = await trpcClient.renew_password.mutate({ id });
      setLink({ name, address: absoluteLink(path) });
    });
  return (
    <>
      {link && (
        <div className="mb-4">
          <OnceSecret
            label={`With this link ${link.name} chooses a new password. It works once, for a week.`}
            value={link.address}
            onDone={() => setLink(null)}
          />
        </div>
      )}
      <Problem text={act.problem} className="mb-3" />
      <ul className="divide-y rounded-lg border bg-surface">
        {people.map((person) => (
          <li
            key={person.id}
            className="grid items-center gap-x-3 gap-y-2 px-3 py-2.5 sm:grid-cols-[1fr_130px_auto]"
          >
            <div className="min-w-0 text-sm">
              <p className="truncate">
                {person.name}
                {person.id === ownId && <span className="text-muted"> · you</span>}
              </p>
              <p className="truncate text-faint text-xs tabular-nums">
                {person.email}
                {person.lastSignInAt && ` · signed in ${moment(person.lastSignInAt)}`}
              </p>
            </div>
            <select
              aria-label={`Role of ${person.name}`}
              className="h-8 rounded-md border bg-surface px-2 text-sm hover:border-border-strong"
              value={person.role}
              disabled={act.isBusy}
              title={roleWords[person.role]}
              onChange={(event) => {
                const role = event.currentTarget.value as Role;
                act.run(() => trpcClient.change_role.mutate({ id: person.id, role }));
              }}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {role}
                </option>
              ))}
            </select>
            <div className="flex gap-1 sm:w-64 sm:justify-end">
              <Button
                size="small"
                variant="ghost"
                disabled={act.isBusy}
                aria-label={`Password link for ${person.name}`}
                onClick={() => renew(person)}
              >
                Password link
              </Button>
              <ConfirmButton
                label="Remove"
                question="Remove for good"
                describe={person.name}
                busy={act.isBusy}
                onConfirm={() => act.run(() => trpcClient.remove_person.mutate({ id: person.id }))}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
