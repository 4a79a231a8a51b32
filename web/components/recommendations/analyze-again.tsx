"use client";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { problemText } from "../../lib/api.ts";
import { formatCount } from "../../lib/format.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { useLatestAnalysis } from "./use-latest-analysis.ts";
import { useRefresh } from "./use-recommendations.ts";

/** Judges everything anew and says how far it is, then what is new and what is fixed. */
export function AnalyzeAgain() {
  const { data: session } = useSession();
  const refresh = useRefresh();
  /** Its id, once somebody here asked for it: its end is told, that of any other only shown. */
  const [asked, setAsked] = useState<string | null>(null);
  const latest = useLatestAnalysis();
  const { data: analysis } = latest;
  const isRunning = analysis?.status === "running";
  // Every end, also one that came too fast to be seen running, makes the rest of the page old.
  const state = analysis === undefined ? undefined : `${analysis?.id} ${analysis?.status}`;
  const known = useRef(state);
  useEffect(() => {
    if (known.current !== undefined && known.current !== state && !isRunning) void refresh();
    known.current = state;
  }, [state, isRunning, refresh]);
  const start = useAction(async () => {
    const { analysisId } = await trpcClient.start_analysis.mutate({});
    setAsked(analysisId);
    // A short one may be over before the page saw it run.
    await refresh();
  });
  const isOurs = asked !== null && analysis?.id === asked;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 sm:justify-end sm:text-right">
      <p role="status" className="text-muted text-sm tabular-nums">
        {analysis === null && "Not analyzed yet"}
        {isRunning && (
          <span className="inline-flex items-center gap-2">
            <progress className="sr-only" value={analysis.percent} max={100} aria-label="Analysis" />
            <span
              aria-hidden="true"
              className="inline-block h-1.5 w-24 overflow-hidden rounded-full bg-selected"
            >
              <span
                className="block h-full rounded-full bg-(--chart-1) transition-[width]"
                style={{ width: `${Math.max(analysis.percent, 4)}%` }}
              />
            </span>
            Analyzing, {formatCount(analysis.subscriptionsDone)} of {formatCount(analysis.subscriptionsTotal)}{" "}
            {analysis.subscriptionsTotal === 1 ? "subscription" : "subscriptions"}
          </span>
        )}
        {analysis?.status === "done" && (
          <>
            {isOurs ? "Done: " : `Analyzed ${moment(analysis.endedAt ?? analysis.startedAt)}: `}
            <span className="font-medium text-foreground">
              {formatCount(analysis.newCount)} new, {formatCount(analysis.fixedCount)} fixed
            </span>
          </>
        )}
        {analysis?.status === "interrupted" &&
          "The last analysis was interrupted; nothing was lost. Start another."}
      </p>
      {may(session, "resources:scan") && (
        <Button size="small" disabled={start.isBusy || isRunning} onClick={() => start.run()}>
          <RefreshCw size={13} className={start.isBusy || isRunning ? "animate-spin" : undefined} />{" "}
          {analysis === null ? "Analyze" : "Analyze again"}
        </Button>
      )}
      <Problem
        className="w-full"
        text={
          start.problem ??
          (latest.isError ? problemText(latest.error) : null) ??
          (analysis?.status === "failed"
            ? `The last analysis failed: ${analysis.failure ?? "it stopped."} What it had judged before was kept; start another.`
            : null)
        }
      />
    </div>
  );
}
