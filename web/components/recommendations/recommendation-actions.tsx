"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { isOpenStatus } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import { useState } from "react";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { DismissForm } from "./dismiss-form.tsx";
import { DoItHere } from "./do-it-here.tsx";
import type { Status } from "./page-address.ts";
import { SuppressOpened } from "./suppress-opened.tsx";
import { type OpenedRecommendation, useRefresh } from "./use-recommendations.ts";

type NewStatus = Exclude<Status, "expired">;

/** Where a person may take it from each status. */
const ways: Readonly<Record<Status, readonly { to: NewStatus; label: string }[]>> = {
  open: [
    { to: "in_progress", label: "Start" },
    { to: "implemented", label: "Mark as implemented" },
  ],
  in_progress: [
    { to: "implemented", label: "Mark as implemented" },
    { to: "open", label: "Not any more" },
  ],
  implemented: [{ to: "open", label: "Open it again" }],
  dismissed: [{ to: "open", label: "Open it again" }],
  expired: [],
};

/** What this person can do about it: propose the change, say how it stands, or take it off the list. */
export function RecommendationActions({ recommendation }: { recommendation: OpenedRecommendation }) {
  const { id, status } = recommendation;
  const { data: session } = useSession();
  const refresh = useRefresh();
  const [asking, setAsking] = useState<"dismiss" | "suppress" | null>(null);
  const change = useAction(async (input: { status: NewStatus; reason?: string }) => {
    await trpcClient.update_recommendation.mutate({ id, ...input });
    setAsking(null);
    await refresh();
  });
  const isOpen = isOpenStatus(status);
  return (
    <div className="mt-4 border-y bg-background px-4 py-3">
      {isOpen && <DoItHere recommendation={recommendation} />}
      {status === "expired" && (
        <p className="[overflow-wrap:anywhere] text-muted text-sm">
          It went off the list. {visibleLine(recommendation.changes.at(-1)?.reason ?? "")} If it holds again,
          the next analysis finds it anew.
        </p>
      )}
      {may(session, "recommendations:update") && status !== "expired" && (
        <div className={isOpen ? "mt-3" : ""}>
          {asking === "dismiss" && (
            <DismissForm
              busy={change.isBusy}
              onDismiss={(reason) => change.run({ status: "dismissed", ...(reason ? { reason } : {}) })}
              onKeep={() => setAsking(null)}
            />
          )}
          {asking === "suppress" && (
            <SuppressOpened
              recommendation={recommendation}
              onDone={async () => {
                setAsking(null);
                await refresh();
              }}
              onKeep={() => setAsking(null)}
            />
          )}
          {asking === null && (
            <div className="flex flex-wrap gap-1.5">
              {ways[status].map(({ to, label }) => (
                <Button
                  key={to}
                  size="small"
                  disabled={change.isBusy}
                  onClick={() => change.run({ status: to })}
                >
                  {label}
                </Button>
              ))}
              {isOpen && (
                <>
                  <Button size="small" onClick={() => setAsking("dismiss")}>
                    Dismiss…
                  </Button>
                  <Button size="small" onClick={() => setAsking("suppress")}>
                    Suppress…
                  </Button>
                </>
              )}
            </div>
          )}
          <Problem text={change.problem} className="mt-2" />
        </div>
      )}
    </div>
  );
}
