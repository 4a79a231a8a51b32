import type { StoredAnalysis } from "@cloudoptima/db/queries/analyses.ts";
import { z } from "zod";
import { hasEnded } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { typeLabel } from "./recommendation-output.ts";

/** An analysis as it stands. */
export const AnalysisStatus = z.object({
  id: z.string(),
  cause: z.enum(["scan", "request"]),
  status: z
    .enum(["running", "done", "failed", "interrupted"])
    .describe("interrupted: its process ended; start another, nothing was lost"),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  percent: z.number().int(),
  subscriptionsDone: z.number().int(),
  subscriptionsTotal: z.number().int(),
  newCount: z.number().int().describe("Recommendations that were not open before"),
  fixedCount: z.number().int().describe("Open before, and their waste is gone"),
  openCount: z.number().int(),
  byType: z.array(
    z.object({
      type: z.string(),
      typeLabel: z.string(),
      newCount: z.number().int(),
      fixedCount: z.number().int(),
    }),
  ),
  summary: z.string(),
  failure: z.string().nullable(),
});
export type AnalysisStatus = z.infer<typeof AnalysisStatus>;

/** An analysis as it stands; one whose process has ended, or gave no sign for minutes, was interrupted. */
export function toAnalysisStatus(analysis: StoredAnalysis, now: Date): AnalysisStatus {
  const { updatedAt, startedAt, endedAt, byType, runner, ...rest } = analysis;
  const left = hasEnded(runner) || now.getTime() - updatedAt.getTime() > silentMs;
  const status = analysis.status === "running" && left ? "interrupted" : analysis.status;
  const { subscriptionsDone: done, subscriptionsTotal: total } = analysis;
  return {
    ...rest,
    status,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    percent: status === "done" ? 100 : total === 0 ? 0 : Math.floor((done / total) * 100),
    byType: byType.map((one) => ({ ...one, typeLabel: typeLabel(one.type) })),
    summary:
      status === "done"
        ? `${analysis.newCount} new, ${analysis.fixedCount} fixed, ${analysis.openCount} open`
        : `${done} of ${total} subscriptions`,
  };
}
