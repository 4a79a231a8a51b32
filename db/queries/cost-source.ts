import { type RawBuilder, sql } from "kysely";
import { type MonthPart, monthParts, runningTotals } from "./running-costs.ts";

type CostColumn = "effective" | "billed" | "contracted" | "list";

const smallDimensions = [
  "service",
  "region",
  "resource_group",
  "subscription",
  "provider",
  "charge_category",
  "charge_kind",
] as const;
type SmallDimension = (typeof smallDimensions)[number];

/** What to group by. A tag may be spelled several ways ("Env", "env"): the first that a cost has counts. */
export type CostGroup =
  | { dimension: SmallDimension | "resource" }
  | { dimension: "tag"; tagKeys: readonly string[] };

/** Keeps (or with `exclude` drops) costs whose key is one of `keys`; "" is a cost without that dimension. */
export type CostCondition = CostGroup & { keys: readonly string[]; exclude: boolean };

/** Which costs: days half-open (YYYY-MM-DD, UTC), one cost kind, all conditions together. */
export interface CostScope {
  start: string;
  end: string;
  kind: CostColumn;
  conditions: readonly CostCondition[];
}

export type Bucket = "day" | "week" | "month";

const columns: Record<SmallDimension | "resource", string> = {
  service: "service_name",
  region: "region",
  resource_group: "resource_group",
  subscription: "sub_account_id",
  provider: "provider",
  charge_category: "charge_category",
  charge_kind: "charge_kind",
  resource: "resource_id",
};

/** The key a cost has in a dimension, "" for none, over alias `c` (a summary row or a series). */
export function keyExpression(group: CostGroup): RawBuilder<string> {
  if (group.dimension === "tag") {
    const values = group.tagKeys.map((key) => sql`c.tags ->> ${key}`);
    return sql`coalesce(${sql.join([...values, sql`''`])})`;
  }
  return sql`coalesce(${sql.ref(`c.${columns[group.dimension]}`)}, '')`;
}

/** The name people know, where it differs from the key; else null. */
export function nameExpression(group: CostGroup): RawBuilder<string | null> {
  if (group.dimension === "subscription") return sql`nullif(c.sub_account_name, '')`;
  if (group.dimension === "resource") return sql`nullif(c.resource_name, '')`;
  return sql`null::text`;
}

/** One name of a group whose costs may spell it differently. */
export function labelExpression(group: CostGroup): RawBuilder<string | null> {
  return sql`max(${nameExpression(group)})`;
}

const bySeriesOnly: readonly CostGroup["dimension"][] = ["resource", "tag"];

/** Only the summary's few dimensions are cheap; a resource or a tag is known by the series alone. */
export function needsSeries(groups: readonly CostGroup[]): boolean {
  return groups.some(({ dimension }) => bySeriesOnly.includes(dimension));
}

// As an array, and not as a join: the planner then cannot choose nested loops over the facts, which on tables it
// has no statistics of (the embedded engine has no autovacuum) took ten times as long.
const published = sql`delivery_id = any(array(select id from cost_deliveries where status = 'published'))`;

function conditionsSql(conditions: readonly CostCondition[]): RawBuilder<unknown> {
  if (conditions.length === 0) return sql`true`;
  return sql.join(
    conditions.map((condition) => {
      const test = sql`${keyExpression(condition)} = any(${[...condition.keys]}::text[])`;
      const holds = condition.exclude ? sql`not (${test})` : test;
      const leavesUsage =
        condition.dimension === "charge_kind" && condition.keys.includes("usage") === condition.exclude;
      // As the index cost_series_named has it: the few that are no plain usage, without a look at all others.
      return leavesUsage ? sql`c.charge_kind <> 'usage' and ${holds}` : holds;
    }),
    sql` and `,
  );
}

/**
 * The costs of a scope as a FROM item aliased `c`, from the smallest sums that can answer: the summaries, or by
 * series where a resource or a tag is asked for; whole months from the monthly of them, other days from the daily or
 * the running totals.
 * Columns: amount, row_count, currency, the dimensions, and `bucket` when asked for.
 */
export function costSource(
  scope: CostScope,
  options: { groups: readonly CostGroup[]; bucket?: Bucket },
): RawBuilder<unknown> {
  const { bucket } = options;
  // A day or a week cannot be told from a month's sum.
  const months = bucket && bucket !== "month" ? null : wholeMonths(scope.start, scope.end);
  const days = months
    ? [
        { start: scope.start, end: months.start },
        { start: months.end, end: scope.end },
      ].filter(({ start, end }) => start < end)
    : [{ start: scope.start, end: scope.end }];
  const bySeries = needsSeries([...options.groups, ...scope.conditions]);
  if (bySeries) {
    const monthFacts = months ? [facts("cost_monthly", "month", months, scope, bucket)] : [];
    const running = days.flatMap((part) => runningParts(part, scope, bucket));
    const byDay = days.filter((part) => runningParts(part, scope, bucket).length === 0);
    const parts = [
      ...monthFacts,
      ...running.map((part) => runningFacts(part, scope, sql`series_id`, bucket)),
      ...byDay.map((part) => facts("cost_daily", "day", part, scope, bucket)),
    ];
    const isOneMonth = months === null || nextMonth(months.start) === months.end;
    const hasFewEach = byDay.length === 0 && parts.length <= 2 && isOneMonth;
    return sql`(${withSeries(parts, bucket, hasFewEach)}) c`;
  }
  const asked = [...options.groups, ...scope.conditions];
  // Few questions ask for places; without them there are some times fewer rows.
  const hasPlaces = asked.some(({ dimension }) => dimension === "region" || dimension === "resource_group");
  const [daily, monthly] = hasPlaces
    ? (["daily_cost_summary", "monthly_cost_summary"] as const)
    : (["daily_service_summary", "monthly_service_summary"] as const);
  const parts = [
    ...(months ? [summaryRows(monthly, "month", months, scope, bucket)] : []),
    ...days.map((part) => summaryRows(daily, "day", part, scope, bucket)),
  ];
  return sql`(${sql.join(parts, sql` union all `)}) c`;
}

const placeColumns = ["region", "resource_group"];
const summaryColumns = [
  "provider",
  "sub_account_id",
  "sub_account_name",
  "service_name",
  "charge_category",
  "charge_kind",
  "currency",
];

function summaryRows(
  table: `${"daily" | "monthly"}_${"cost" | "service"}_summary`,
  column: "day" | "month",
  { start, end }: { start: string; end: string },
  scope: CostScope,
  bucket: Bucket | undefined,
): RawBuilder<unknown> {
  const columns = table.endsWith("_service_summary") ? summaryColumns : [...summaryColumns, ...placeColumns];
  return sql`select ${sql.raw(columns.map((column) => `c.${column}`).join(", "))},
      ${sql.ref(`${scope.kind}_cost`)} as amount, row_count${bucketColumn(bucket, column)}
    from ${sql.table(table)} c
    where ${sql.ref(column)} >= ${start}::date and ${sql.ref(column)} < ${end}::date and ${published} and ${conditionsSql(scope.conditions)}`;
}

/** Amounts by series, joined with what the series are. Summed first, for fewer rows to join, where each has many. */
function withSeries(
  parts: readonly RawBuilder<unknown>[],
  bucket: Bucket | undefined,
  hasFewEach: boolean,
): RawBuilder<unknown> {
  const bucketName = bucket ? sql`, bucket` : sql``;
  const rows = sql.join(parts, sql` union all `);
  const sums = sql`select series_id${bucketName}, sum(amount) as amount, sum(row_count::float8) as row_count
      from (${rows}) facts group by series_id${bucketName}`;
  return sql`select c.*, f.amount, f.row_count${bucket ? sql`, f.bucket` : sql``} from (${hasFewEach ? rows : sums}
    ) f join cost_series c on c.id = f.series_id`;
}

function facts(
  table: "cost_daily" | "cost_monthly",
  column: "day" | "month",
  { start, end }: { start: string; end: string },
  scope: CostScope,
  bucket: Bucket | undefined,
): RawBuilder<unknown> {
  return sql`select series_id, ${sql.ref(`${scope.kind}_cost`)} as amount, row_count${bucketColumn(bucket, column)}
    from ${sql.table(table)}
    where ${sql.ref(column)} >= ${start}::date and ${sql.ref(column)} < ${end}::date and ${published} and ${seriesOf(scope)}`;
}

function seriesOf({ conditions }: CostScope): RawBuilder<unknown> {
  if (conditions.length === 0) return sql`true`;
  return sql`series_id = any(array(select c.id from cost_series c where ${conditionsSql(conditions)}))`;
}

/** Running totals are kept of what nearly every question asks for. */
export function hasRunningTotals(kind: CostScope["kind"]): kind is "billed" | "effective" {
  return kind === "billed" || kind === "effective";
}

/** Of fewer days the daily rows are quicker to add up: a row of running totals is some times wider. */
const FEWEST_DAYS = 4;

/** The days as parts of months to read running totals of; none where these cannot tell, or not faster. */
function runningParts(
  { start, end }: { start: string; end: string },
  scope: CostScope,
  bucket: Bucket | undefined,
): MonthPart[] {
  if (!hasRunningTotals(scope.kind) || bucket === "day" || bucket === "week") return [];
  const parts = monthParts(start, end);
  return parts.some(({ from, to }) => to - from + 1 >= FEWEST_DAYS) ? parts : [];
}

/** What a part of a month comes to, by series; only of kinds that have running totals. */
export function runningFacts(
  part: MonthPart,
  scope: CostScope,
  columns: RawBuilder<unknown>,
  bucket?: Bucket,
): RawBuilder<unknown> {
  const kind = scope.kind === "billed" ? "billed" : "effective";
  const { source, amount, rowCount } = runningTotals(part, kind, sql`${published} and ${seriesOf(scope)}`);
  return sql`select ${columns}, ${amount} as amount, ${rowCount} as row_count${bucketColumn(bucket, "month")}
    from ${source}`;
}

/** The whole calendar months inside the days, half-open, or null when there is none. */
export function wholeMonths(start: string, end: string): { start: string; end: string } | null {
  const first = Temporal.PlainDate.from(start);
  const from = first.day === 1 ? first : Temporal.PlainDate.from(nextMonth(start));
  const until = Temporal.PlainDate.from(end).with({ day: 1 });
  return Temporal.PlainDate.compare(from, until) < 0
    ? { start: from.toString(), end: until.toString() }
    : null;
}

function nextMonth(day: string): string {
  return Temporal.PlainDate.from(day).with({ day: 1 }).add({ months: 1 }).toString();
}

/** First day of the bucket; weeks begin on Monday (ISO 8601). */
function bucketColumn(bucket: Bucket | undefined, column: "day" | "month"): RawBuilder<unknown> {
  if (!bucket) return sql``;
  if (bucket === "day") return sql`, ${sql.ref(column)} as bucket`;
  return sql`, date_trunc(${sql.lit(bucket)}, ${sql.ref(column)}::timestamp)::date as bucket`;
}
