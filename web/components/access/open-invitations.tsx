"use client";
import { useQueryClient } from "@tanstack/react-query";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { day } from "./moment.ts";

interface OpenInvitation {
  id: string;
  kind: "join" | "password";
  email: string;
  role: string;
  expiresAt: string;
}

/** Links that nobody used yet, each with a way to end it. */
export function OpenInvitations({ invitations }: { invitations: readonly OpenInvitation[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useAction(async (id: string) => {
    await trpcClient.revoke_invitation.mutate({ id });
    await queryClient.invalidateQueries(trpc.list_people.pathFilter());
  });
  return (
    <>
      <ul className="divide-y rounded-lg border bg-surface">
        {invitations.map(({ id, kind, email, role, expiresAt }) => (
          <li key={id} className="flex items-center justify-between gap-3 px-3 py-2.5">
            <div className="min-w-0 text-sm">
              <p className="truncate">{email}</p>
              <p className="text-faint text-xs tabular-nums">
                {kind === "join" ? `joins as ${role}` : "new password"} · until {day(expiresAt)}
              </p>
            </div>
            <Button
              size="small"
              variant="ghost"
              disabled={revoke.isBusy}
              aria-label={`Revoke the link for ${email}`}
              onClick={() => revoke.run(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <Problem text={revoke.problem} className="mt-2" />
    </>
  );
}
