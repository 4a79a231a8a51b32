import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readCostChanges } from "@cloudoptima/db/queries/cost-changes.ts";
import { chooseDrivers } from "./choose-drivers.ts";
import { type ComparedSides, toChangeRow } from "./compare-periods.ts";
import type { CostExplanation, TotalChange } from "./comparison-shapes.ts";
import { distinctLabels } from "./cost-labels.ts";
import type { CostDimension } from "./cost-shapes.ts";

const ROWS_PER_DIMENSION = 3;
const lookedAt = [
  "service",
  "region",
  "resource_group",
  "subscription",
  "provider",
  "charge_category",
  "resource",
] as const;

/** The same change cut along each other dimension that has more than one value. */
export async function readByDimension(
  transaction: TenantTransaction,
  sides: ComparedSides,
  driverDimension: CostDimension,
  totals: readonly TotalChange[],
): Promise<CostExplanation["byDimension"]> {
  const wholeOf = new Map(totals.map(({ currency, change }) => [currency, change.value]));
  const cuts: CostExplanation["byDimension"] = [];
  for (const dimension of lookedAt) {
    if (dimension === driverDimension) continue;
    const changes = await readCostChanges(
      transaction,
      sides.base.scope,
      sides.current.scope,
      { dimension },
      ROWS_PER_DIMENSION,
    );
    const groups = changes.reduce((count, { groupCount }) => count + groupCount, 0);
    if (groups <= totals.length) continue;
    const { shown, everythingElse } = chooseDrivers(changes, ROWS_PER_DIMENSION);
    const rows = shown.map((change) => toChangeRow(change, dimension, wholeOf.get(change.currency)!, sides));
    cuts.push({ dimension, rows: distinctLabels(rows), everythingElse });
  }
  return cuts;
}
