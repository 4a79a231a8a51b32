import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { beginAnalysis, endAnalysis, moveAnalysis, touchAnalysis } from "@cloudoptima/db/queries/analyses.ts";
import { listSuppressions } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import {
  countOpenRecommendations,
  expireGoneRecommendations,
} from "@cloudoptima/db/queries/recommendations.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { thisProcess } from "../kernel/running-process.ts";
import { withHeartbeat } from "../kernel/with-heartbeat.ts";
import { judgeSubscription } from "./judge-subscription.ts";
import { keepJudged } from "./keep-judged.ts";
import { renewRanking } from "./ranking/renew-ranking.ts";
import { readOwnThresholds } from "./rule-thresholds.ts";

export interface AnalysisRequest {
  id: string;
  cause: "scan" | "request";
  /** Subscriptions whose inventory is complete. */
  subscriptionIds: ReadonlySet<string>;
  /** Whether the metrics of this type of resource could be read there too. */
  measured(subscriptionId: string, resourceType: string): boolean;
}

export interface Analysis {
  openCount: number;
  /** Ids of what was not open before. */
  newIds: string[];
  fixedCount: number;
}

/** Keeps that an analysis began, in the caller's transaction. */
export async function keepBegun(
  ctx: WriteContext,
  transaction: TenantTransaction,
  { id, cause, subscriptionIds }: AnalysisRequest,
): Promise<void> {
  const { organizationId } = ctx.actor;
  await beginAnalysis(transaction, {
    id,
    organizationId,
    cause,
    at: ctx.realNow(),
    total: subscriptionIds.size,
    runner: thisProcess,
  });
}

/** Begins an analysis and runs it to its end. */
export async function runAnalysis(ctx: WriteContext, request: AnalysisRequest): Promise<Analysis> {
  await ctx.write((transaction) => keepBegun(ctx, transaction, request));
  return continueAnalysis(ctx, request);
}

/**
 * Runs every rule over subscriptions. Open recommendations are renewed in place, those whose waste is gone expire,
 * and what is unknown (metrics not read) stays as it was. Their order is learned anew from what was decided. How far
 * it is, and what is new and gone beside the analysis before, is kept under its id.
 */
export function continueAnalysis(ctx: WriteContext, request: AnalysisRequest): Promise<Analysis> {
  const beat = () => ctx.write((transaction) => touchAnalysis(transaction, request.id, ctx.realNow()));
  return withHeartbeat(beat, () => analyze(ctx, request), ctx.log);
}

async function analyze(ctx: WriteContext, request: AnalysisRequest): Promise<Analysis> {
  const { id, subscriptionIds } = request;
  try {
    const at = new Date(ctx.now().epochMilliseconds);
    const opened: { id: string; type: string }[] = [];
    const fixed = await ctx.write((transaction) => expireGoneRecommendations(transaction, at));
    const [own, suppressions] = await ctx.read(async (transaction) => [
      await readOwnThresholds(transaction),
      await listSuppressions(transaction, ctx.realNow()),
    ]);
    let done = 0;
    for (const subscriptionId of subscriptionIds) {
      ctx.signal.throwIfAborted();
      const measured = (resourceType: string) => request.measured(subscriptionId, resourceType);
      const judged = await judgeSubscription(ctx, subscriptionId, { measured, own, suppressions });
      const kept = await keepJudged(ctx, at, judged);
      opened.push(...kept.opened);
      fixed.push(...kept.fixed);
      done += 1;
      await ctx.write((transaction) => moveAnalysis(transaction, id, done, ctx.realNow()));
    }
    await renewRanking(ctx);
    const openCount = await ctx.read(countOpenRecommendations);
    const figures = {
      newCount: opened.length,
      fixedCount: fixed.length,
      openCount,
      byType: countByType(opened, fixed),
    };
    await ctx.write((transaction) =>
      endAnalysis(transaction, id, { status: "done", at: ctx.realNow(), figures }),
    );
    return { openCount, newIds: opened.map((one) => one.id), fixedCount: fixed.length };
  } catch (error) {
    const failure = error instanceof AppError ? error.message : "It stopped for an unexpected reason.";
    await ctx.write((transaction) =>
      endAnalysis(transaction, id, { status: "failed", at: ctx.realNow(), failure }),
    );
    throw error;
  }
}

function countByType(opened: readonly { type: string }[], fixed: readonly { type: string }[]) {
  const types = [...new Set([...opened, ...fixed].map(({ type }) => type))].sort();
  return types.map((type) => ({
    type,
    newCount: opened.filter((one) => one.type === type).length,
    fixedCount: fixed.filter((one) => one.type === type).length,
  }));
}
