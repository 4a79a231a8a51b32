"use client";
import type { AssessmentOutput } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { formatCount, formatDay } from "../../lib/format.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { NothingScanned } from "../connections/nothing-scanned.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AssessmentFilters } from "./assessment-filters.tsx";
import { CheckDetails } from "./check-details.tsx";
import { FailingChecks } from "./failing-checks.tsx";
import { PillarScores } from "./pillar-scores.tsx";
import { ScoreTrend } from "./score-trend.tsx";
import { noFilter, useFailingChecks, useScores } from "./use-assessment.ts";

/** How well the estate is built, by the five Well-Architected pillars, and what to mend first. */
export function AssessmentPage() {
  const [filter, setFilter] = useState(noFilter);
  const [open, setOpen] = useState<string | null>(null);
  const scores = useScores(filter);
  const failing = useFailingChecks(filter);
  const { data } = scores;
  return (
    <main id="main" className="scroll-calm min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[1280px] px-4 py-8 sm:px-6">
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div>
            <h1 className="font-semibold text-xl tracking-[-0.015em]">Well-Architected assessment</h1>
            {data?.ranAt && <Summary output={data} />}
          </div>
          <RunAgain isFirst={data?.ranAt === null} />
        </header>
        <Problem text={scores.isError ? problemText(scores.error) : null} className="mt-4" />
        {scores.isPending && (
          <div className="mt-5 grid grid-cols-2 gap-2 sm:gap-3 lg:grid-cols-5">
            {["1", "2", "3", "4", "5"].map((key) => (
              <Skeleton key={key} className="h-36 rounded-lg border bg-surface" />
            ))}
          </div>
        )}
        {data?.ranAt === null && <NothingYet />}
        {data?.ranAt && (
          <>
            <div className="mt-5">
              <PillarScores
                scores={data.pillars}
                picked={filter.pillar}
                stale={scores.isPlaceholderData}
                onPick={(pillar) => setFilter({ ...filter, pillar })}
              />
            </div>
            <section className="mt-4 rounded-lg border bg-surface p-4">
              <h2 className="font-medium text-sm">Scores over time</h2>
              <div className="mt-2">
                <ScoreTrend trend={data.trend} />
              </div>
            </section>
            <h2 className="mt-8 font-semibold text-base">
              Failing checks{" "}
              {failing.data && (
                <span className="font-normal text-muted tabular-nums">
                  {formatCount(failing.data.failingCheckCount)}
                </span>
              )}
            </h2>
            <div className="mt-2">
              <AssessmentFilters filter={filter} onChange={setFilter} />
            </div>
            <div className="mt-3">
              <Problem text={failing.isError ? problemText(failing.error) : null} className="mb-3" />
              {failing.isPending && <Skeleton className="h-96 rounded-lg border bg-surface" />}
              {failing.data && failing.data.checks.length > 0 && (
                <FailingChecks
                  checks={failing.data.checks}
                  stale={failing.isPlaceholderData}
                  onOpen={setOpen}
                />
              )}
              {failing.data?.checks.length === 0 && (
                <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted">
                  {failing.data.note ?? "No check fails here."}
                </p>
              )}
            </div>
          </>
        )}
      </div>
      <CheckDetails checkId={open} filter={filter} onClose={() => setOpen(null)} />
    </main>
  );
}

function Summary({ output }: { output: AssessmentOutput }) {
  const { previous } = output;
  return (
    <p className="mt-1 text-muted text-sm tabular-nums">
      {formatCount(output.resourceCount)} resources, {formatCount(output.checkCount)} checks, on{" "}
      {formatDay(output.ranAt!.slice(0, 10))}
      {previous && (
        <>
          {" "}
          · {formatCount(previous.newCount)} new and {formatCount(previous.fixedCount)} fixed since the run
          before
        </>
      )}
    </p>
  );
}

function RunAgain({ isFirst }: { isFirst: boolean }) {
  const { data: session } = useSession();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const run = useAction(async () => {
    await trpcClient.run_assessment.mutate({});
    await Promise.all([
      queryClient.invalidateQueries(trpc.get_assessment.pathFilter()),
      queryClient.invalidateQueries(trpc.explain_check.pathFilter()),
    ]);
  });
  if (!may(session, "resources:scan")) return null;
  return (
    <div className="text-right">
      <Button size="small" disabled={run.isBusy} onClick={() => run.run()}>
        <RefreshCw size={13} className={run.isBusy ? "animate-spin" : undefined} />{" "}
        {isFirst ? "Assess" : "Assess again"}
      </Button>
      <Problem text={run.problem} className="mt-1" />
    </div>
  );
}

function NothingYet() {
  return (
    <div className="mt-6">
      <NothingScanned
        icon={<ShieldCheck size={20} className="mx-auto mb-3 text-faint" />}
        title="Nothing was assessed yet"
        coming="Scores for reliability, security, cost, performance and operations"
      />
    </div>
  );
}
