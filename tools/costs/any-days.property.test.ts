import { readFile } from "node:fs/promises";
import type { CostCondition, CostGroup, CostScope } from "@cloudoptima/db/queries/cost-source.ts";
import { sumCosts, sumCostsByTime } from "@cloudoptima/db/queries/costs.ts";
import { describeTimescaleToo } from "@cloudoptima/db/testing/engines.ts";
import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { WriteContext } from "../kernel/context.ts";
import { decimal } from "../kernel/money.ts";
import { createTestTools } from "../testing/test-tools.ts";
import type { CostRecord } from "./load/cost-record.ts";
import { costRow, loadRows } from "./testing/load-rows.ts";

const firstDay = Temporal.PlainDate.from("2026-07-28");
const dayCount = 80; // the whole of August and September, and the ends of two other months
const day = fc.integer({ min: 0, max: dayCount }).map((days) => firstDay.add({ days }).toString());
/** Few values, so that resources tie, cancel out and cost nothing. */
const cost = fc.oneof(
  fc.constantFrom("0", "1", "-1", "2.5", "10"),
  fc
    .bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
    .map((units) => decimal(String(units)).div(1e11).toFixed()),
);
const row: fc.Arbitrary<CostRecord> = fc
  .record({
    day,
    cost,
    billed: fc.option(cost),
    resourceId: fc.option(fc.constantFrom("/r/a", "/r/b", "/r/c", "/r/d", "/r/e", "/r/é"), { freq: 8 }),
    serviceName: fc.constantFrom("Storage", "Virtual Machines"),
    currency: fc.constantFrom("USD", "USD", "EUR"),
    chargeCategory: fc.constantFrom("Usage", "Usage", "Credit"),
    tags: fc.constantFrom<Record<string, string>[]>({}, { team: "web" }, { Team: "data" }),
    isLate: fc.boolean(),
  })
  .map(({ cost, billed, isLate, ...rest }) => {
    const made = costRow({ cost, ...rest, resourceName: rest.resourceId });
    // Charged with the next month's bill: two deliveries then hold costs of one series and month.
    const billedOn = Temporal.PlainDate.from(rest.day)
      .with({ day: 1 })
      .add({ months: isLate ? 1 : 0 });
    return {
      ...made,
      billedCost: billed ?? cost,
      billingPeriodStart: billedOn.toString(),
      billingPeriodEnd: billedOn.add({ months: 1 }).toString(),
    };
  });

const groups: CostGroup[] = [
  { dimension: "resource" },
  { dimension: "resource" },
  { dimension: "tag", tagKeys: ["team", "Team"] },
];
const condition: fc.Arbitrary<CostCondition> = fc.record({
  dimension: fc.constant("service" as const),
  keys: fc.constantFrom(["Storage"], ["Virtual Machines", ""]),
  exclude: fc.boolean(),
});
const onResource: fc.Arbitrary<CostCondition> = fc.record({
  dimension: fc.constant("resource" as const),
  keys: fc.constantFrom(["/r/a", ""], ["/r/b"]),
  exclude: fc.boolean(),
});
const onTag: fc.Arbitrary<CostCondition> = fc.record({
  dimension: fc.constant("tag" as const),
  tagKeys: fc.constant(["team", "Team"]),
  keys: fc.constantFrom([""], ["web"]),
  exclude: fc.boolean(),
});
const question = fc.record({
  from: day,
  days: fc.integer({ min: 1, max: 95 }),
  kind: fc.constantFrom<CostScope["kind"][]>("effective", "effective", "billed", "list"),
  conditions: fc.array(fc.oneof(condition, onResource, onTag), { maxLength: 2 }),
  group: fc.constantFrom(...groups),
  limit: fc.integer({ min: 1, max: 9 }),
});

/** What the rows come to by group and month, by SQL that shares nothing with the product's. */
async function fromRows(ctx: WriteContext, scope: CostScope, group: CostGroup) {
  const { rows } = await ctx.read((transaction) =>
    sql<Record<"currency" | "service" | "resource" | "tag" | "month" | "amount", string>>`
      select s.currency, s.service_name as service, coalesce(s.resource_id, '') as resource,
        coalesce(s.tags ->> 'team', s.tags ->> 'Team', '') as tag, to_char(c.time at time zone 'UTC', 'YYYY-MM-01') as month,
        ${sql.ref(`c.${scope.kind}_cost`)}::text as amount
      from cost_data c join cost_series s on s.id = c.series_id join cost_deliveries d on d.id = c.delivery_id
      where d.status = 'published' and c.time >= ${`${scope.start}T00:00:00Z`}::timestamptz
        and c.time < ${`${scope.end}T00:00:00Z`}::timestamptz`.execute(transaction),
  );
  return rows
    .filter((each) =>
      scope.conditions.every(
        ({ dimension, keys, exclude }) => keys.includes(each[dimension as "service"]) !== exclude,
      ),
    )
    .map((each) => ({ ...each, key: each[group.dimension as "resource"] }));
}

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
type Rows = Awaited<ReturnType<typeof fromRows>>;
const totalOf = (rows: Rows) => rows.reduce((sum, { amount }) => sum.plus(amount), decimal(0));

function dearest(rows: Rows, limit: number) {
  return [...Map.groupBy(rows, ({ currency }) => currency)]
    .sort(([a], [b]) => bytes(a, b))
    .flatMap(([currency, own]) => {
      const sums = [...Map.groupBy(own, ({ key }) => key)]
        .map(([key, of]) => ({
          currency,
          key: key as string | null,
          amount: totalOf(of),
          rowCount: of.length,
          groupCount: 1,
        }))
        .sort((a, b) => b.amount.cmp(a.amount) || bytes(a.key!, b.key!));
      const rest = sums.slice(limit);
      const amount = rest.reduce((sum, each) => sum.plus(each.amount), decimal(0));
      const rowCount = rest.reduce((sum, each) => sum + each.rowCount, 0);
      return [
        ...sums.slice(0, limit),
        ...(rest.length > 0 ? [{ currency, key: null, amount, rowCount, groupCount: rest.length }] : []),
      ].map((each) => ({ ...each, amount: each.amount.toFixed() }));
    });
}

function byMonth(rows: Rows) {
  return [...Map.groupBy(rows, ({ currency, month }) => `${currency} ${month}`)]
    .sort(([a], [b]) => bytes(a, b))
    .map(([key, own]) => ({ key, amount: totalOf(own).toFixed(), rowCount: own.length }));
}

describeTimescaleToo("costs of any days", (engine) => {
  let ctx: WriteContext;

  beforeAll(async () => {
    const tools = createTestTools({ database: engine.database(), now: "2026-11-23T15:00:00Z" });
    for (const [seed, name] of [
      [1, "Asked"],
      [2, "Another"],
    ] as const) {
      const organization = await tools.createOrganization(name);
      await loadRows(tools, organization, fc.sample(row, { seed, numRuns: 400 }));
      if (name === "Asked") ctx = tools.context(tools.actor(organization));
    }
  });

  const check = () =>
    fc.assert(
      fc.asyncProperty(question, async ({ from, days, kind, conditions, group, limit }) => {
        const end = Temporal.PlainDate.from(from).add({ days }).toString();
        const scope: CostScope = { start: from, end, kind, conditions };
        const rows = await fromRows(ctx, scope, group);
        const sums = await ctx.read((transaction) => sumCosts(transaction, scope, group, limit));
        expect(
          sums.map(({ label, amount, ...sum }) => ({ ...sum, amount: decimal(amount).toFixed() })),
        ).toEqual(dearest(rows, limit));
        const named = sums.filter(({ key }) => group.dimension === "resource" && key);
        expect(named.map(({ label }) => label)).toEqual(named.map(({ key }) => key));
        const tagged = [{ ...groups[2]!, keys: ["?"], exclude: true }] as CostCondition[];
        const months = await ctx.read((transaction) =>
          sumCostsByTime(transaction, { ...scope, conditions: [...conditions, ...tagged] }, "month"),
        );
        expect(
          months.map(({ currency, bucket, amount, rowCount }) => ({
            key: `${currency} ${bucket}`,
            amount: decimal(amount).toFixed(),
            rowCount,
          })),
        ).toEqual(byMonth(rows));
      }),
      { numRuns: 60, seed: 11, endOnFailure: true },
    );

  it("are exactly those of the rows, by resource and tag", check, 120_000);

  it("rest on running totals that a database of older loads gets by its migration as a load makes them", async () => {
    const { pool } = engine.database();
    const stored = async () => {
      const { rows } = await pool.query<{ total: object }>(
        "select to_jsonb(r) as total from store.cost_running r order by delivery_id, month, series_id",
      );
      return rows.map(({ total }) => total);
    };
    const loaded = await stored();
    await pool.query("drop view cost_running");
    await pool.query("drop table store.cost_running");
    await pool.query(
      await readFile(new URL("../../db/migrations/0131_running_costs.sql", import.meta.url), "utf8"),
    );
    const migrated = await stored();
    expect(migrated).toHaveLength(loaded.length);
    expect(migrated).toEqual(loaded);
    expect(loaded.some((total) => "billed_cost" in total && total.billed_cost === null)).toBe(true);
    expect(loaded.some((total) => "row_count" in total && total.row_count !== null)).toBe(true);
  });

  it("are those of published deliveries alone", async () => {
    const { rows } = await ctx.write((transaction) =>
      sql<{ id: string }>`update cost_deliveries set status = 'loading' where period_start = '2026-09-01'
        returning id`.execute(transaction),
    );
    expect(rows).toHaveLength(1);
    await check();
  }, 120_000);
});
