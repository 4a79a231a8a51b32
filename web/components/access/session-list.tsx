"use client";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { browserName } from "./browser-name.ts";
import { moment } from "./moment.ts";
import { type Account, accountKey } from "./use-account.ts";

/** Where somebody is signed in, each with a way to end it. */
export function SessionList({ sessions }: { sessions: Account["sessions"] }) {
  const queryClient = useQueryClient();
  const end = useAction(async (path: string) => {
    await api(path, { method: "DELETE" });
    await queryClient.invalidateQueries({ queryKey: accountKey });
  });
  return (
    <>
      <ul className="divide-y rounded-lg border bg-surface">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center justify-between gap-3 px-3 py-2.5">
            <div className="min-w-0 text-sm">
              <p className="truncate">
                {browserName(session.userAgent)}
                {session.current && <span className="text-muted"> · this one</span>}
                {session.demo && <span className="text-muted"> · demo</span>}
              </p>
              <p className="text-faint text-xs tabular-nums">
                {[session.address, `since ${moment(session.createdAt)}`].filter(Boolean).join(" · ")}
              </p>
            </div>
            {!session.current && (
              <Button
                size="small"
                variant="ghost"
                disabled={end.isBusy}
                onClick={() => end.run(`/account/sessions/${session.id}`)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button
          size="small"
          className="mt-2"
          disabled={end.isBusy}
          onClick={() => end.run("/account/sessions")}
        >
          End all others
        </Button>
      )}
      <Problem text={end.problem} className="mt-2" />
    </>
  );
}
