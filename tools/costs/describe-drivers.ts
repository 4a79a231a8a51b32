import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { type CostChange, readCostChanges } from "@cloudoptima/db/queries/cost-changes.ts";
import type { CostGroup, CostScope } from "@cloudoptima/db/queries/cost-source.ts";
import { decimal } from "../kernel/money.ts";
import { type DriverDays, daysOf, sumByDay } from "./change-days.ts";
import { timeChange } from "./change-timing.ts";
import { type ComparedSides, toChangeRow } from "./compare-periods.ts";
import type { Driver, TotalChange } from "./comparison-shapes.ts";
import { distinctLabels } from "./cost-labels.ts";
import { money } from "./cost-question.ts";
import type { CostDimension } from "./cost-shapes.ts";

const RESOURCES_PER_DRIVER = 3;

interface Drivers {
  dimension: CostDimension;
  group: CostGroup;
  shown: readonly CostChange[];
  totals: readonly TotalChange[];
  days: DriverDays;
}

/** Each driver with the resources and the region behind it and when it happened. */
export async function describeDrivers(
  transaction: TenantTransaction,
  sides: ComparedSides,
  { dimension, group, shown, totals, days }: Drivers,
): Promise<Driver[]> {
  const inside = await readInside(transaction, sides, group, shown);
  const wholeOf = new Map(totals.map(({ currency, change }) => [currency, change.value]));
  const drivers = shown.map((change): Driver => {
    const row = toChangeRow(change, dimension, wholeOf.get(change.currency)!, sides);
    const belongs = (part: CostChange) => part.parent === change.key && part.currency === change.currency;
    return {
      ...row,
      dimension,
      timing: timingOf(sides, days, change),
      ...resourcesOf(sides, dimension === "resource" ? [] : inside.resources.filter(belongs), row),
      region: regionOf(sides, inside.regions.filter(belongs), row),
    };
  });
  return distinctLabels(drivers);
}

async function readInside(
  transaction: TenantTransaction,
  { base, current }: ComparedSides,
  group: CostGroup,
  shown: readonly CostChange[],
): Promise<{ resources: CostChange[]; regions: CostChange[] }> {
  if (shown.length === 0) return { resources: [], regions: [] };
  const keys = [...new Set(shown.map((change) => change.key!))];
  const within = (scope: CostScope): CostScope => ({
    ...scope,
    conditions: [...scope.conditions, { ...group, keys, exclude: false }],
  });
  const read = (inner: CostGroup) =>
    readCostChanges(
      transaction,
      within(base.scope),
      within(current.scope),
      inner,
      RESOURCES_PER_DRIVER,
      group,
    );
  return {
    resources: group.dimension === "resource" ? [] : await read({ dimension: "resource" }),
    regions: await read({ dimension: "region" }),
  };
}

function resourcesOf(
  sides: ComparedSides,
  parts: readonly CostChange[],
  driver: { change: { value: string; currency: string } },
): Pick<Driver, "resources" | "otherResources"> {
  const { value, currency } = driver.change;
  const rows = parts
    .filter((part) => part.key !== null)
    .map((part) => toChangeRow(part, "resource", value, sides))
    .sort((a, b) => decimal(b.change.value).abs().comparedTo(decimal(a.change.value).abs()))
    .slice(0, RESOURCES_PER_DRIVER);
  const named = rows.reduce((sum, row) => sum.plus(row.change.value), decimal(0));
  const resourceCount = parts.reduce((count, part) => count + part.groupCount, 0) - rows.length;
  return {
    resources: distinctLabels(rows),
    otherResources: {
      change: money(decimal(value).minus(named).toFixed(), currency),
      resourceCount,
    },
  };
}

/** The region that went furthest the driver's way. */
function regionOf(
  sides: ComparedSides,
  parts: readonly CostChange[],
  driver: { change: { value: string } },
): Driver["region"] {
  const way = decimal(driver.change.value).isNegative() ? -1 : 1;
  const furthest = parts
    .filter((part) => part.key !== null)
    .map((part) => toChangeRow(part, "region", driver.change.value, sides))
    .sort((a, b) => way * decimal(b.change.value).comparedTo(a.change.value))[0];
  if (!furthest) return null;
  const { key, label, change, changeShare } = furthest;
  return { key, label, change, changeShare };
}

function timingOf(sides: ComparedSides, days: DriverDays, change: CostChange): Driver["timing"] {
  const exact = {
    base: sumByDay(days.base, change.currency, change.key!),
    current: sumByDay(days.current, change.currency, change.key!),
  };
  const shape = (side: "base" | "current") =>
    daysOf(sides[side]).map((day) => ({ day, amount: Number(exact[side].get(day) ?? "0") }));
  const timing = timeChange(shape("base"), shape("current"));
  return {
    pattern: timing.pattern,
    firstDay: timing.firstDay,
    days: timing.days.map((day) => ({
      day,
      amount: money(exact.current.get(day) ?? exact.base.get(day) ?? "0", change.currency),
    })),
  };
}
