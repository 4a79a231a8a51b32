import {
  expireGoneRecommendations,
  expireRecommendations,
  keepRecommendations,
  listRecommendations,
} from "@cloudoptima/db/queries/recommendations.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Finding } from "./finding.ts";
import { judgeSubscription } from "./judge-subscription.ts";

export interface Renewed {
  openCount: number;
  newIds: string[];
  expiredCount: number;
}

/**
 * Runs every rule over the subscriptions whose inventory is complete. Open recommendations are renewed in
 * place, those whose waste is gone expire, and what is unknown (metrics not read) stays as it was.
 */
export async function refreshRecommendations(
  ctx: WriteContext,
  scanned: { inventoried: ReadonlySet<string>; measured: ReadonlySet<string> },
): Promise<Renewed> {
  const at = new Date(ctx.now().epochMilliseconds);
  const newIds: string[] = [];
  let expiredCount = await ctx.write((transaction) => expireGoneRecommendations(transaction, at));
  for (const subscriptionId of scanned.inventoried) {
    ctx.signal.throwIfAborted();
    const judged = await judgeSubscription(ctx, subscriptionId, {
      hasMetrics: scanned.measured.has(subscriptionId),
      own: {},
    });
    const found = judged.waste.map(({ resourceId, finding }) => ({
      id: ctx.newId(),
      ...toStored(resourceId, finding),
    }));
    await ctx.write(async (transaction) => {
      newIds.push(...(await keepRecommendations(transaction, ctx.actor.organizationId, at, found)));
      expiredCount += await expireRecommendations(transaction, at, judged.cleared);
    });
  }
  const open = await ctx.read((transaction) => listRecommendations(transaction, ["open", "in_progress"]));
  return { openCount: open.length, newIds, expiredCount };
}

function toStored(resourceId: string, finding: Finding) {
  const {
    basis,
    effects,
    target,
    remediation,
    confidence,
    confidenceReasons,
    counterEvidence,
    steps,
    ...rest
  } = finding;
  return {
    ...rest,
    resourceId,
    confidence: String(confidence),
    metadata: { basis, effects, target, remediation, confidenceReasons, counterEvidence, steps },
  };
}
