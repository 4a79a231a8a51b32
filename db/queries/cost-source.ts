import { type RawBuilder, sql } from "kysely";

export type CostColumn = "effective" | "billed" | "contracted" | "list";

export const smallDimensions = [
  "service",
  "region",
  "resource_group",
  "subscription",
  "provider",
  "charge_category",
] as const;
export type SmallDimension = (typeof smallDimensions)[number];

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
export function labelExpression(group: CostGroup): RawBuilder<string | null> {
  if (group.dimension === "subscription") return sql`max(nullif(c.sub_account_name, ''))`;
  if (group.dimension === "resource") return sql`max(nullif(c.resource_name, ''))`;
  return sql`null::text`;
}

/** Only the summary's few dimensions are cheap; a resource or a tag is known by the series alone. */
export function needsSeries(groups: readonly CostGroup[]): boolean {
  return groups.some((group) => group.dimension === "resource" || group.dimension === "tag");
}

const published = sql`delivery_id in (select id from cost_deliveries where status = 'published')`;

function conditionsSql(conditions: readonly CostCondition[]): RawBuilder<unknown> {
  if (conditions.length === 0) return sql`true`;
  return sql.join(
    conditions.map((condition) => {
      const test = sql`${keyExpression(condition)} = any(${[...condition.keys]}::text[])`;
      return condition.exclude ? sql`not (${test})` : test;
    }),
    sql` and `,
  );
}

/**
 * The costs of a scope as a FROM item aliased `c`, from the smallest sums that can answer: the summary for
 * the small dimensions; else sums by series, whole months from cost_monthly and the rest from cost_daily.
 * Columns: amount, row_count, currency, the dimensions, and `bucket` when asked for.
 */
export function costSource(
  scope: CostScope,
  options: { groups: readonly CostGroup[]; bucket?: Bucket },
): RawBuilder<unknown> {
  const amount = sql.ref(`${scope.kind}_cost`);
  const where = conditionsSql(scope.conditions);
  if (!needsSeries([...options.groups, ...scope.conditions])) {
    const bucket = options.bucket ? sql`, ${bucketSql(options.bucket, "day")} as bucket` : sql``;
    return sql`(select c.*, ${amount} as amount${bucket} from daily_cost_summary c
      where day >= ${scope.start}::date and day < ${scope.end}::date and ${published} and ${where}) c`;
  }
  const bucketName = options.bucket ? sql`, bucket` : sql``;
  return sql`(select c.*, f.amount, f.row_count${options.bucket ? sql`, f.bucket` : sql``} from (
      select series_id${bucketName}, sum(amount) as amount, sum(row_count) as row_count
      from (${seriesFacts(scope, options.bucket)}) facts group by series_id${bucketName}
    ) f join cost_series c on c.id = f.series_id where ${where}) c`;
}

function seriesFacts(scope: CostScope, bucket: Bucket | undefined): RawBuilder<unknown> {
  const amount = sql.ref(`${scope.kind}_cost`);
  const series =
    scope.conditions.length === 0
      ? sql`true`
      : sql`series_id in (select c.id from cost_series c where ${conditionsSql(scope.conditions)})`;
  const from = (table: "cost_daily" | "cost_monthly", column: "day" | "month", start: string, end: string) =>
    sql`select series_id, ${amount} as amount, row_count${
      bucket ? sql`, ${bucketSql(bucket, column)} as bucket` : sql``
    } from ${sql.table(table)}
      where ${sql.ref(column)} >= ${start}::date and ${sql.ref(column)} < ${end}::date and ${published} and ${series}`;

  const months = bucket && bucket !== "month" ? null : wholeMonths(scope.start, scope.end);
  if (!months) return from("cost_daily", "day", scope.start, scope.end);
  const parts = [from("cost_monthly", "month", months.start, months.end)];
  if (scope.start < months.start) parts.push(from("cost_daily", "day", scope.start, months.start));
  if (months.end < scope.end) parts.push(from("cost_daily", "day", months.end, scope.end));
  return sql.join(parts, sql` union all `);
}

/** The whole calendar months inside the days, half-open, or null when there is none. */
export function wholeMonths(start: string, end: string): { start: string; end: string } | null {
  const first = Temporal.PlainDate.from(start);
  const from = first.day === 1 ? first : first.with({ day: 1 }).add({ months: 1 });
  const until = Temporal.PlainDate.from(end).with({ day: 1 });
  return Temporal.PlainDate.compare(from, until) < 0
    ? { start: from.toString(), end: until.toString() }
    : null;
}

/** First day of the bucket; weeks begin on Monday (ISO 8601). */
function bucketSql(bucket: Bucket, column: "day" | "month"): RawBuilder<unknown> {
  if (bucket === "day") return sql.ref(column);
  return sql`date_trunc(${sql.lit(bucket)}, ${sql.ref(column)}::timestamp)::date`;
}
