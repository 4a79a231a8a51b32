import type { Estate } from "../estate.ts";
import { dayOf, dayText, monthStart } from "../tenant/days.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { dimension, tagOf } from "./dimensions.ts";
import { compileFilter } from "./filter.ts";
import type { Ledger } from "./ledger.ts";
import { microsToNumber } from "./micros.ts";
import { queryPeriod } from "./period.ts";
import type { QueryDefinition } from "./query-definition.ts";

export interface CostTable {
  columns: { name: string; type: "Number" | "String" }[];
  rows: (string | number)[][];
}

/** Which charges a URL scope covers. */
export interface CostScope {
  subscriptionId?: string;
  resourceGroup?: string;
}

/** Runs a Cost Management query. Sums are exact, so every grouping of the same period adds up to the same total. */
export function runCostQuery(
  estate: Estate,
  ledger: Ledger,
  scope: CostScope,
  query: QueryDefinition,
): CostTable {
  const granularity = query.dataset.granularity ?? "None";
  const asked = queryPeriod(query, dayOf(estate.now()));
  const window = ledger.window();
  const first = Math.max(asked.first, window.first);
  const last = Math.min(asked.last, window.last);
  const type = query.type === "AmortizedCost" ? "AmortizedCost" : "ActualCost";
  const matches = compileFilter(query.dataset.filter, estate);
  const readers = (query.dataset.grouping ?? []).map((group) => groupReader(group, estate));

  const bucketOf = (day: number) =>
    granularity === "Daily" ? day : granularity === "Monthly" ? monthStart(day) : 0;
  const buckets = [...new Set(daysBetween(first, last).map(bucketOf))];
  const indexOf = daysBetween(first, last).map((day) => buckets.indexOf(bucketOf(day)));

  // Sums by group, one slot a bucket: no text is built for a row until it is answered.
  const groups = new Map<
    string,
    { labels: string[]; currency: string; sums: Float64Array; rows: Uint8Array }
  >();
  for (const charge of ledger.charges) {
    if (!inScope(charge, scope) || !matches(charge)) continue;
    const labels = readers.flatMap((reader) => reader.read(charge));
    // Whatever it is grouped by, Azure never adds two currencies.
    const currency = charge.currency ?? estate.tenant.currency;
    const key = [...labels, currency].join("\u0000");
    let group = groups.get(key);
    if (!group) {
      const sums = new Float64Array(buckets.length);
      group = { labels, currency, sums, rows: new Uint8Array(buckets.length) };
      groups.set(key, group);
    }
    for (let day = first; day <= last; day++) {
      const micros = ledger.amount(charge, day, type);
      if (micros === 0) continue;
      const index = indexOf[day - first]!;
      group.sums[index]! += micros;
      group.rows[index] = 1;
    }
  }

  const amounts = Object.values(query.dataset.aggregation ?? { totalCost: { name: "Cost" } });
  const ordered = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return {
    columns: [
      ...amounts.map(({ name }) => ({ name, type: "Number" as const })),
      ...(granularity === "Daily" ? [{ name: "UsageDate", type: "Number" as const }] : []),
      ...(granularity === "Monthly" ? [{ name: "BillingMonth", type: "String" as const }] : []),
      ...readers.flatMap((reader) => reader.columns.map((name) => ({ name, type: "String" as const }))),
      { name: "Currency", type: "String" },
    ],
    rows: buckets.flatMap((bucket, index) => {
      const when = bucketLabel(granularity, bucket);
      return ordered
        .filter((group) => group.rows[index] === 1)
        .map((group) => [
          ...amounts.map(() => microsToNumber(group.sums[index]!)),
          ...when,
          ...group.labels,
          group.currency,
        ]);
    }),
  };
}

function daysBetween(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function bucketLabel(granularity: "Daily" | "None" | "Monthly", bucket: number): (string | number)[] {
  if (granularity === "Daily") return [Number(dayText(bucket).replaceAll("-", ""))];
  return granularity === "Monthly" ? [`${dayText(bucket)}T00:00:00`] : [];
}

function groupReader(group: { type: "Dimension" | "TagKey"; name: string }, estate: Estate) {
  if (group.type === "TagKey") {
    const key = group.name.toLowerCase();
    return {
      columns: ["TagKey", "TagValue"],
      read: (charge: Charge) => [key, tagOf(charge, estate, key)],
    };
  }
  const read = dimension(group.name);
  return { columns: [group.name], read: (charge: Charge) => [read(charge, estate)] };
}

function inScope(charge: Charge, scope: CostScope): boolean {
  if (scope.subscriptionId === undefined) return true;
  if (charge.subscriptionId.toLowerCase() !== scope.subscriptionId.toLowerCase()) return false;
  if (scope.resourceGroup === undefined) return true;
  return (charge.resourceId ?? "")
    .toLowerCase()
    .includes(`/resourcegroups/${scope.resourceGroup.toLowerCase()}/`);
}
