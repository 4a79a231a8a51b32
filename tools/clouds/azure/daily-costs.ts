import { AppError } from "../../kernel/errors.ts";
import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { CloudCost } from "../cloud.ts";
import { focusCharge } from "./charge-types.ts";
import { type CostQuery, type CostType, costTypes } from "./cost-query.ts";
import { type DayWindow, monthWindows, splitWindow } from "./cost-windows.ts";
import { regionId } from "./region-names.ts";
import { parseResourceId } from "./resource-id.ts";

// Keeps a window's rows in tens of megabytes; a larger window is read in halves.
const maxRowsPerWindow = 150_000;
const batchSize = 5_000;
// Azure adds doubles: a sum may differ from ours in the last digits, never by a thousandth of a cent.
const absoluteTolerance = "0.00001";
const relativeTolerance = "0.000000001";

class TooManyRows extends Error {}

interface JoinedCost {
  day: string;
  resourceId: string;
  service: string;
  chargeType: string;
  currency: string;
  billed: ExactDecimal;
  effective: ExactDecimal;
}

/** cost type, day, charge type and currency -> Azure's own total. */
type Totals = Map<string, { total: ExactDecimal; day: string }>;

/**
 * Daily costs of one subscription in [from, to), newest month first: billed (ActualCost) beside effective
 * (AmortizedCost) for each day, resource, service and charge type.
 *
 * Cost Management groups by at most two dimensions, so a window is asked for by charge type first; that gives
 * the totals to reconcile with and the charge types to ask for one by one, by resource and service. When the
 * rows do not add up to the totals (a page was lost), the window fails instead of being short.
 */
export async function* dailyCosts(
  query: CostQuery,
  knownRegions: Map<string, string | null>,
  subscriptionId: string,
  from: string,
  to: string,
  signal: AbortSignal,
): AsyncGenerator<CloudCost[]> {
  const windows = monthWindows(from, to);
  for (let window = windows.shift(); window; window = windows.shift()) {
    let costs: JoinedCost[];
    try {
      costs = await reconciledCosts(query, subscriptionId, window, signal);
    } catch (error) {
      const halves = error instanceof TooManyRows ? splitWindow(window) : null;
      if (!halves) throw error;
      windows.unshift(...halves);
      continue;
    }
    await learnRegions(query, knownRegions, subscriptionId, window, costs, signal);
    for (let start = 0; start < costs.length; start += batchSize) {
      yield costs
        .slice(start, start + batchSize)
        .map((cost) => toCloudCost(cost, subscriptionId, knownRegions));
    }
  }
}

/** Costs may be corrected between two queries of one window: one more look before calling it an error. */
async function reconciledCosts(
  query: CostQuery,
  subscriptionId: string,
  window: DayWindow,
  signal: AbortSignal,
): Promise<JoinedCost[]> {
  const first = await windowCosts(query, subscriptionId, window, signal);
  if (!first.mismatch) return first.costs;
  const second = await windowCosts(query, subscriptionId, window, signal);
  if (!second.mismatch) return second.costs;
  throw new AppError(
    "unavailable",
    `Cost Management's rows for subscription ${subscriptionId} do not add up to its own total on ${second.mismatch.day}.`,
    {
      hint: "Nothing of this month was stored. Scan again later; if it stays, Azure is still processing the month.",
      details: { ...second.mismatch },
    },
  );
}

async function windowCosts(query: CostQuery, subscriptionId: string, window: DayWindow, signal: AbortSignal) {
  const totals: Totals = new Map();
  const joined = new Map<string, JoinedCost>();
  for (const type of costTypes) {
    const chargeTypes = await readTotals(query, subscriptionId, window, type, totals, signal);
    for (const chargeType of chargeTypes) {
      const question = {
        subscriptionId,
        type,
        window,
        groupBy: ["ResourceId", "ServiceName"] as const,
        chargeType,
      };
      for await (const rows of query.rows(question, signal)) {
        for (const { day, cost, currency, groups } of rows) {
          const resourceId = (groups[0] ?? "").toLowerCase();
          const service = groups[1] ?? "";
          const key = JSON.stringify([day, resourceId, service, chargeType, currency]);
          let entry = joined.get(key);
          if (!entry) {
            if (joined.size >= maxRowsPerWindow && splitWindow(window)) throw new TooManyRows();
            const zero = decimal(0);
            entry = { day, resourceId, service, chargeType, currency, billed: zero, effective: zero };
            joined.set(key, entry);
          }
          const field = type === "ActualCost" ? "billed" : "effective";
          entry[field] = entry[field].plus(cost);
        }
      }
    }
  }
  const costs = [...joined.values()];
  return { costs, mismatch: findMismatch(totals, costs) };
}

async function readTotals(
  query: CostQuery,
  subscriptionId: string,
  window: DayWindow,
  type: CostType,
  totals: Totals,
  signal: AbortSignal,
): Promise<Set<string>> {
  const chargeTypes = new Set<string>();
  for await (const rows of query.rows({ subscriptionId, type, window, groupBy: ["ChargeType"] }, signal)) {
    for (const { day, cost, currency, groups } of rows) {
      const chargeType = groups[0] ?? "";
      chargeTypes.add(chargeType);
      const key = JSON.stringify([type, day, chargeType, currency]);
      totals.set(key, { day, total: (totals.get(key)?.total ?? decimal(0)).plus(cost) });
    }
  }
  return chargeTypes;
}

/** The first day on which rows and total differ, in either direction. */
function findMismatch(
  totals: Totals,
  costs: JoinedCost[],
): { day: string; rows: string; total: string } | null {
  const sums = new Map<string, { sum: ExactDecimal; day: string }>();
  for (const { day, chargeType, currency, billed, effective } of costs) {
    for (const type of costTypes) {
      const key = JSON.stringify([type, day, chargeType, currency]);
      const amount = type === "ActualCost" ? billed : effective;
      sums.set(key, { day, sum: (sums.get(key)?.sum ?? decimal(0)).plus(amount) });
    }
  }
  for (const key of new Set([...totals.keys(), ...sums.keys()])) {
    const total = totals.get(key)?.total ?? decimal(0);
    const sum = sums.get(key)?.sum ?? decimal(0);
    const tolerance = total.abs().times(relativeTolerance).plus(absoluteTolerance);
    if (sum.minus(total).abs().greaterThan(tolerance)) {
      const day = totals.get(key)?.day ?? sums.get(key)?.day ?? "";
      return { day, rows: sum.toFixed(), total: total.toFixed() };
    }
  }
  return null;
}

/** The inventory tells most regions; resources that are gone are looked up in the bill, once each. */
async function learnRegions(
  query: CostQuery,
  knownRegions: Map<string, string | null>,
  subscriptionId: string,
  window: DayWindow,
  costs: JoinedCost[],
  signal: AbortSignal,
): Promise<void> {
  const unknown = costs.some(({ resourceId }) => resourceId !== "" && !knownRegions.has(resourceId));
  if (!unknown) return;
  const groupBy = ["ResourceId", "ResourceLocation"] as const;
  for await (const rows of query.rows({ subscriptionId, type: "ActualCost", window, groupBy }, signal)) {
    for (const { groups } of rows) {
      const id = (groups[0] ?? "").toLowerCase();
      if (!knownRegions.has(id)) knownRegions.set(id, regionId(groups[1]));
    }
  }
  for (const { resourceId } of costs) {
    if (resourceId !== "" && !knownRegions.has(resourceId)) knownRegions.set(resourceId, null);
  }
}

function toCloudCost(
  cost: JoinedCost,
  subscriptionId: string,
  knownRegions: Map<string, string | null>,
): CloudCost {
  const { resourceGroup, type } = parseResourceId(cost.resourceId);
  return {
    day: cost.day,
    subscriptionId,
    resourceId: cost.resourceId || null,
    resourceGroup,
    resourceType: type,
    region: knownRegions.get(cost.resourceId) ?? null,
    service: cost.service,
    ...focusCharge(cost.chargeType),
    billed: cost.billed.toFixed(),
    effective: cost.effective.toFixed(),
    currency: cost.currency,
  };
}
