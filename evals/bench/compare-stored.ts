import { listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import type { Truth } from "@cloudoptima/tools/clouds/sandbox/truth-schema.ts";
import type { ReadContext } from "@cloudoptima/tools/kernel/context.ts";
import { openStatuses } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import { compareTruth } from "@cloudoptima/tools/recommendations/testing/compare-truth.ts";

/** Holds every open recommendation in the database against what was planted. */
export async function compareStored(
  ctx: ReadContext,
  { waste }: Pick<Truth, "waste">,
): Promise<ReturnType<typeof compareTruth>> {
  const stored = await ctx.read((transaction) => listRecommendations(transaction, openStatuses));
  return compareTruth(
    waste,
    stored.map(({ type, resourceId, monthlySavings }) => ({
      type,
      resource: { id: resourceId },
      monthlySavings: monthlySavings === null ? null : { value: monthlySavings },
    })),
  );
}
