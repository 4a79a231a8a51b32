import { expireRecommendations, keepRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Finding } from "./finding.ts";
import type { Judged } from "./judge-subscription.ts";

// Small enough that another question never waits long for the embedded database.
const batchSize = 300;

/** Keeps what the rules said of a subscription; tells what was not open before, and what no longer is. */
export async function keepJudged(
  ctx: WriteContext,
  at: Date,
  { waste, cleared }: Judged,
): Promise<{ opened: { id: string; type: string }[]; fixed: { type: string }[] }> {
  const opened: { id: string; type: string }[] = [];
  const fixed: { type: string }[] = [];
  const found = waste.map(({ resourceId, finding }) => ({
    id: ctx.newId(),
    ...toStored(resourceId, finding),
  }));
  for (let start = 0; start < found.length; start += batchSize) {
    const batch = found.slice(start, start + batchSize);
    const kept = new Set(
      await ctx.write((transaction) => keepRecommendations(transaction, ctx.actor.organizationId, at, batch)),
    );
    opened.push(...batch.filter(({ id }) => kept.has(id)).map(({ id, type }) => ({ id, type })));
  }
  for (const [reason, pairs] of Map.groupBy(cleared, (one) => one.reason)) {
    fixed.push(
      ...(await ctx.write((transaction) => expireRecommendations(transaction, at, pairs, { reason }))),
    );
  }
  return { opened, fixed };
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
