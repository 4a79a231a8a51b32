import { AppError } from "../../kernel/errors.ts";
import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { CloudCost } from "../cloud.ts";
import { focusCharge } from "./charge-types.ts";
import {
  type CostAnswerRow,
  type CostQuery,
  type CostQuestion,
  type CostType,
  costTypes,
} from "./cost-query.ts";
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

const zero = decimal(0);

/** "day currency" -> cost. */
type DaySums = Map<string, ExactDecimal>;

interface Detail {
  key: string;
  day: string;
  currency: string;
  resourceId: string;
  service: string;
  cost: ExactDecimal;
}

interface JoinedCost {
  day: string;
  resourceId: string;
  service: string;
  chargeType: string;
  currency: string;
  billed: ExactDecimal;
  effective: ExactDecimal;
}

/**
 * Daily costs of one subscription in [from, to), newest month first: billed (ActualCost) beside effective
 * (AmortizedCost) for each day, resource, service and charge type.
 *
 * Cost Management groups by at most two dimensions, so each window is asked for twice: by charge type, and by
 * resource and service. Where there are several charge types, all but usage are asked for apart, and usage is
 * what they leave. Every answer is checked against another one, so a page that is lost anywhere fails the
 * window instead of making it short.
 */
export async function* dailyCosts(
  query: CostQuery,
  knownRegions: Map<string, string | null>,
  knownBenefits: Map<string, string>,
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
    await learnBenefitNames(query, knownBenefits, subscriptionId, window, costs, signal);
    for (let start = 0; start < costs.length; start += batchSize) {
      yield costs
        .slice(start, start + batchSize)
        .map((cost) => toCloudCost(cost, subscriptionId, knownRegions, knownBenefits.get(cost.resourceId)));
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
  // Nothing at all, a moment after there was something, is a broken answer and no correction.
  if (!second.mismatch && second.costs.length > 0) return second.costs;
  const mismatch = second.mismatch ?? first.mismatch;
  throw new AppError(
    "unavailable",
    `Cost Management's rows for subscription ${subscriptionId} do not add up to its own total on ${mismatch.day}.`,
    {
      hint: "Nothing of this month was stored. Scan again later; if it stays, Azure is still processing the month.",
      details: { ...mismatch },
    },
  );
}

async function windowCosts(query: CostQuery, subscriptionId: string, window: DayWindow, signal: AbortSignal) {
  const joined = new Map<string, JoinedCost>();
  for (const type of costTypes) {
    const ask = (groupBy: CostQuestion["groupBy"], chargeType?: string) =>
      query.rows({ subscriptionId, type, window, groupBy, chargeType }, signal);
    const totals = await readTotals(ask(["ChargeType"]));
    const chargeTypes = [...totals.keys()];
    const rest = chargeTypes.find((name) => name.toLowerCase() === "usage") ?? chargeTypes[0];
    const all = await readDetails(ask(["ResourceId", "ServiceName"]), window);
    const mismatch = findMismatch(sumTotals(totals.values()), all.sums);
    if (mismatch) return { costs: [], mismatch };
    for (const chargeType of chargeTypes) {
      if (chargeType === rest) continue;
      const part = await readDetails(ask(["ResourceId", "ServiceName"], chargeType), window);
      const difference = findMismatch(totals.get(chargeType)!, part.sums);
      if (difference) return { costs: [], mismatch: difference };
      for (const [key, detail] of part.rows) {
        const whole = all.rows.get(key);
        if (whole) whole.cost = withoutNoise(whole.cost.minus(detail.cost));
        join(joined, type, chargeType, detail);
      }
    }
    for (const detail of all.rows.values()) join(joined, type, rest ?? "Usage", detail);
    if (joined.size > maxRowsPerWindow && splitWindow(window)) throw new TooManyRows();
  }
  return { costs: [...joined.values()].filter(hasCost), mismatch: null };
}

/** Azure's own totals: charge type -> day and currency -> cost. */
async function readTotals(pages: AsyncIterable<CostAnswerRow[]>): Promise<Map<string, DaySums>> {
  const totals = new Map<string, DaySums>();
  for await (const rows of pages) {
    for (const row of rows) {
      const chargeType = row.groups[0] ?? "";
      const sums = totals.get(chargeType) ?? new Map();
      totals.set(chargeType, sums);
      addToDay(sums, row);
    }
  }
  return totals;
}

async function readDetails(pages: AsyncIterable<CostAnswerRow[]>, window: DayWindow) {
  const rows = new Map<string, Detail>();
  const sums: DaySums = new Map();
  for await (const page of pages) {
    for (const row of page) {
      const resourceId = (row.groups[0] ?? "").toLowerCase();
      const service = row.groups[1] ?? "";
      const key = `${row.day}\n${row.currency}\n${resourceId}\n${service}`;
      const known = rows.get(key);
      if (known) known.cost = known.cost.plus(row.cost);
      else {
        const { day, currency } = row;
        rows.set(key, { key, day, currency, resourceId, service, cost: decimal(row.cost) });
      }
      addToDay(sums, row);
    }
    if (rows.size > maxRowsPerWindow && splitWindow(window)) throw new TooManyRows();
  }
  return { rows, sums };
}

function addToDay(sums: DaySums, { day, currency, cost }: CostAnswerRow): void {
  const key = `${day} ${currency}`;
  sums.set(key, (sums.get(key) ?? decimal(0)).plus(cost));
}

function sumTotals(parts: Iterable<DaySums>): DaySums {
  const sums: DaySums = new Map();
  for (const part of parts) {
    for (const [key, cost] of part) sums.set(key, (sums.get(key) ?? decimal(0)).plus(cost));
  }
  return sums;
}

function join(joined: Map<string, JoinedCost>, type: CostType, chargeType: string, detail: Detail): void {
  const key = `${chargeType}\n${detail.key}`;
  let entry = joined.get(key);
  if (!entry) {
    const { day, currency, resourceId, service } = detail;
    entry = { day, currency, resourceId, service, chargeType, billed: zero, effective: zero };
    joined.set(key, entry);
  }
  entry[type === "ActualCost" ? "billed" : "effective"] = detail.cost;
}

/** The first day on which rows and total differ, in either direction. */
function findMismatch(total: DaySums, rows: DaySums): { day: string; rows: string; total: string } | null {
  for (const key of new Set([...total.keys(), ...rows.keys()])) {
    const expected = total.get(key) ?? zero;
    const sum = rows.get(key) ?? zero;
    const tolerance = expected.abs().times(relativeTolerance).plus(absoluteTolerance);
    if (sum.minus(expected).abs().greaterThan(tolerance)) {
      return { day: key.slice(0, 10), rows: sum.toFixed(), total: expected.toFixed() };
    }
  }
  return null;
}

/** Two doubles subtracted leave a rest in the last digits where the exact amounts leave none. */
const withoutNoise = (cost: ExactDecimal) => (cost.abs().lessThan(absoluteTolerance) ? zero : cost);

const hasCost = ({ billed, effective }: JoinedCost) => !billed.isZero() || !effective.isZero();

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

/**
 * What reservations and savings plans are called, by their own charges: their ids tell nobody anything. Asked once
 * for each that is new; where the bill names none, an empty name keeps it from being asked again.
 */
async function learnBenefitNames(
  query: CostQuery,
  known: Map<string, string>,
  subscriptionId: string,
  window: DayWindow,
  costs: readonly JoinedCost[],
  signal: AbortSignal,
): Promise<void> {
  const own = costs.filter(
    ({ resourceId, chargeType }) => isOfBenefit(chargeType) && resourceId !== "" && !known.has(resourceId),
  );
  for (const chargeType of new Set(own.map((cost) => cost.chargeType))) {
    // What nobody used is in the amortized costs alone, a purchase in the actual ones.
    const type = /^unused/i.test(chargeType) ? "AmortizedCost" : "ActualCost";
    const groupBy = ["ResourceId", "BenefitName"] as const;
    for await (const rows of query.rows({ subscriptionId, type, window, groupBy, chargeType }, signal)) {
      for (const { groups } of rows) if (groups[1]) known.set((groups[0] ?? "").toLowerCase(), groups[1]);
    }
  }
  for (const { resourceId } of own) if (!known.has(resourceId)) known.set(resourceId, "");
}

const isOfBenefit = (chargeType: string) => /^(?:purchase|unused)/i.test(chargeType);

function toCloudCost(
  cost: JoinedCost,
  subscriptionId: string,
  knownRegions: Map<string, string | null>,
  benefitName: string | undefined,
): CloudCost {
  const { resourceGroup, type } = parseResourceId(cost.resourceId);
  return {
    day: cost.day,
    subscriptionId,
    resourceId: cost.resourceId || null,
    ...(benefitName ? { resourceName: benefitName } : {}),
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
