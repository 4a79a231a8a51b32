import { randomBytes } from "node:crypto";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { WriteContext } from "../../kernel/context.ts";
import { decimal } from "../../kernel/money.ts";
import type { CostRecord } from "./cost-record.ts";
import { loadCosts } from "./load-costs.ts";
import {
  batchesOf,
  costRecord,
  countEverything,
  createLoadingTenant,
  keptAt,
  visibleTotals,
} from "./testing.ts";

describeEachEngine("loadCosts", (engine) => {
  const load = async (
    tenant: Awaited<ReturnType<typeof createLoadingTenant>>,
    records: CostRecord[],
    more: Partial<Parameters<typeof loadCosts>[1]> = {},
  ) =>
    loadCosts(tenant.ctx, {
      connectionId: tenant.connectionId,
      source: "test",
      batches: batchesOf(records),
      ...more,
    });

  test("stores rows, series and sums, and reports exact totals per currency", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const result = await load(tenant, [
      costRecord(),
      costRecord({ billedCost: "0.00000000000000000001E2", effectiveCost: "-3" }),
      costRecord({ currency: "EUR", billedCost: "7", tags: {} }),
    ]);
    expect(result).toMatchObject({
      rowCount: 3,
      alreadyLoaded: false,
      deliveries: [{ billingAccountId: "account-1", periodStart: "2026-09-01", rowCount: 3, outcome: "new" }],
      totals: [
        { currency: "EUR", billed: "7", effective: "1", rowCount: 1 },
        {
          currency: "USD",
          billed: "1.250000000000000001",
          effective: "-2",
          contracted: "3",
          list: "4",
          rowCount: 2,
        },
      ],
    });
    const seen = await visibleTotals(tenant.ctx);
    const expected = [
      { currency: "EUR", rows: "1", billed: "7", effective: "1", contracted: "1.5", list: "2" },
      {
        currency: "USD",
        rows: "2",
        billed: "1.250000000000000001",
        effective: "-2",
        contracted: "3",
        list: "4",
      },
    ];
    for (const [level, found] of Object.entries(seen)) expect(found).toEqual(keptAt(level, expected));
    expect(await countEverything(tenant.ctx)).toMatchObject({
      cost_data: 3,
      cost_series: 2,
      cost_daily: 2,
      cost_monthly: 2,
    });
  });

  test("stores each text as it came and each number in its shortest form", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const odd = 'a\\b \\N \\. "c", \t\u001f\r\n\u0001é';
    await load(tenant, [
      costRecord({
        chargeDescription: odd,
        skuId: "\\",
        consumedUnit: `${odd}\0`,
        serviceName: odd,
        region: odd,
      }),
      costRecord({
        billedCost: "-0.50",
        effectiveCost: "10.",
        contractedCost: "-0.00",
        listCost: "100",
        consumedQuantity: "+005.0010",
        chargeDescription: null,
        skuId: null,
      }),
    ]);
    const { rows } = await tenant.ctx.read((transaction) =>
      sql`select charge_description, sku_id, consumed_unit, service_name, region, consumed_quantity, billed_cost,
        effective_cost, contracted_cost, list_cost, time::text, period_end::text
        from cost_data join cost_series on cost_series.id = series_id order by billed_cost desc`.execute(
        transaction,
      ),
    );
    const texts = {
      charge_description: odd,
      sku_id: "\\",
      consumed_unit: odd,
      service_name: odd,
      region: odd,
    };
    expect(rows).toMatchObject([
      { ...texts, consumed_quantity: "24", billed_cost: "1.25", time: "2026-09-03 00:00:00+00" },
      {
        charge_description: null,
        sku_id: null,
        consumed_quantity: "5.001",
        billed_cost: "-0.5",
        effective_cost: "10",
        contracted_cost: "0",
        list_cost: "100",
        period_end: "2026-09-04 00:00:00+00",
      },
    ]);
    const sums = await tenant.ctx.read((transaction) =>
      sql`select service_name, region from daily_cost_summary order by billed_cost desc`.execute(transaction),
    );
    expect(sums.rows[0]).toEqual({ service_name: odd, region: odd });
  });

  test("the same rows in another order change nothing; identical rows are kept apart", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const rows = [costRecord(), costRecord(), costRecord({ billedCost: "9" })];
    await load(tenant, rows);
    const before = await countEverything(tenant.ctx);
    expect(before).toMatchObject({ cost_data: 3, cost_deliveries: 1 });
    const again = await load(tenant, [...rows].reverse());
    expect(again).toMatchObject({ alreadyLoaded: true, deliveries: [{ outcome: "unchanged" }] });
    expect(await countEverything(tenant.ctx)).toEqual(before);
    const fewer = await load(tenant, rows.slice(1));
    expect(fewer).toMatchObject({ alreadyLoaded: false, deliveries: [{ outcome: "replaced" }] });
  });

  test("a newer delivery replaces its billing period only, and the replaced rows are removed", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const october = { billingPeriodStart: "2026-10-01", billingPeriodEnd: "2026-11-01" };
    await load(tenant, [costRecord(), costRecord(october), costRecord({ billedCost: "5" })]);
    const result = await load(tenant, [costRecord({ billedCost: "100" })]);
    expect(result.deliveries).toMatchObject([{ periodStart: "2026-09-01", outcome: "replaced" }]);
    const seen = await visibleTotals(tenant.ctx);
    for (const level of Object.values(seen)) expect(level).toMatchObject([{ rows: "2", billed: "101.25" }]);
    expect(await countEverything(tenant.ctx)).toMatchObject({ cost_data: 2, cost_deliveries: 2 });
  });

  test("scopes: parts stand beside each other, the whole account replaces them, then a part is refused", async () => {
    const tenant = await createLoadingTenant(engine.database());
    await load(tenant, [costRecord({ scope: "sub-1" })]);
    await load(tenant, [costRecord({ scope: "sub-2", billedCost: "2" })]);
    expect((await visibleTotals(tenant.ctx)).cost_daily).toMatchObject([{ billed: "3.25" }]);
    const whole = await load(tenant, [costRecord({ billedCost: "50" })]);
    expect(whole.deliveries).toMatchObject([{ outcome: "replaced" }]);
    expect((await visibleTotals(tenant.ctx)).cost_data).toMatchObject([{ billed: "50" }]);
    await expect(load(tenant, [costRecord({ scope: "sub-1" })])).rejects.toMatchObject({ code: "conflict" });
  });

  test("a part that is loaded while the whole account is published beside it is refused, not counted twice", async () => {
    const tenant = await createLoadingTenant(engine.database());
    let writes = 0;
    const overtaken: WriteContext = {
      ...tenant.ctx,
      async write(work) {
        writes += 1;
        if (writes === 3) await load(tenant, [costRecord({ billedCost: "50" })]);
        return tenant.ctx.write(work);
      },
    };
    const part = load({ ...tenant, ctx: overtaken }, [costRecord({ scope: "sub-1" })]);
    await expect(part).rejects.toMatchObject({ code: "conflict" });
    for (const level of Object.values(await visibleTotals(tenant.ctx))) {
      expect(level).toMatchObject([{ rows: "1", billed: "50" }]);
    }
    expect(await countEverything(tenant.ctx)).toMatchObject({ cost_data: 1, cost_deliveries: 1 });
  });

  test("a covered scope that has no rows any more is emptied", async () => {
    const tenant = await createLoadingTenant(engine.database());
    await load(tenant, [costRecord({ scope: "sub-1" }), costRecord({ scope: "sub-2", billedCost: "2" })]);
    await load(tenant, [costRecord({ scope: "sub-2", billedCost: "2" })], {
      replaceScopes: [
        {
          provider: "azure",
          billingAccountId: "account-1",
          scope: "sub-1",
          periodStart: "2026-09-01",
          periodEnd: "2026-10-01",
        },
      ],
    });
    expect((await visibleTotals(tenant.ctx)).cost_monthly).toMatchObject([{ rows: "1", billed: "2" }]);
  });

  test("bad rows name their field and load nothing", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const bad = (changes: Partial<CostRecord>) => load(tenant, [costRecord(), costRecord(changes)]);
    await expect(bad({ billedCost: "1,5" })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining('billed_cost is "1,5"'),
      details: { row: 2, column: "billed_cost" },
    });
    await expect(bad({ billedCost: "0.1234567890123456789012345" })).rejects.toThrow("billed_cost");
    await expect(bad({ currency: "XYZ" })).rejects.toThrow("currency");
    await expect(bad({ chargePeriodStart: "yesterday" })).rejects.toThrow("charge_period_start");
    expect(await countEverything(tenant.ctx)).toMatchObject({ cost_data: 0, cost_deliveries: 0 });
  });

  test("texts as long as they may be, which nothing shortens, are taken; one byte more is refused", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const text = (bytes: number) => randomBytes(bytes).toString("base64").slice(0, bytes);
    const key = { provider: text(600), billingAccountId: text(600), scope: text(600) };
    const rest = { subAccountId: text(2_000), serviceName: text(2_000), resourceId: text(2_000) };
    await load(tenant, [costRecord({ ...key, ...rest, region: text(2_000), resourceGroup: text(2_000) })]);
    expect((await visibleTotals(tenant.ctx)).cost_data).toMatchObject([{ rows: "1" }]);
    await expect(load(tenant, [costRecord({ serviceName: text(2_001) })])).rejects.toMatchObject({
      code: "invalid_input",
      message: "A cost of test cannot be loaded: service_name is longer than 2000 bytes.",
    });
    await expect(load(tenant, [costRecord({ scope: text(601) })])).rejects.toThrow("scope is longer");
  });

  test("two organizations load the same rows and see only their own", async () => {
    const one = await createLoadingTenant(engine.database());
    const two = await createLoadingTenant(engine.database());
    await load(one, [costRecord()]);
    const other = await load(two, [costRecord(), costRecord({ billedCost: "3" })]);
    expect(other.alreadyLoaded).toBe(false);
    expect((await visibleTotals(one.ctx)).cost_data).toMatchObject([{ rows: "1", billed: "1.25" }]);
    expect((await visibleTotals(two.ctx)).cost_data).toMatchObject([{ rows: "2", billed: "4.25" }]);
  });

  test("a load that dies halfway leaves nothing visible, and the next one cleans up", async () => {
    const tenant = await createLoadingTenant(engine.database());
    await load(tenant, [costRecord({ billedCost: "2" })]);
    let writes = 0;
    // Fails for good after the cost rows are stored and before the sums are, as a lost connection would.
    const dying: WriteContext = {
      ...tenant.ctx,
      write: (work) => {
        writes += 1;
        return writes > 3 ? Promise.reject(new Error("connection lost")) : tenant.ctx.write(work);
      },
    };
    const rows = [costRecord({ billedCost: "70" }), costRecord({ billedCost: "71" })];
    await expect(load({ ...tenant, ctx: dying }, rows)).rejects.toThrow("connection lost");
    expect(await countEverything(tenant.ctx)).toMatchObject({ cost_data: 3, cost_deliveries: 2 });
    for (const level of Object.values(await visibleTotals(tenant.ctx))) {
      expect(level).toMatchObject([{ rows: "1", billed: "2" }]);
    }
    const { removeSupersededCosts } = await import("./remove-superseded-costs.ts");
    expect(await removeSupersededCosts(tenant.ctx)).toEqual({ deliveries: 0, rows: 0 });
    expect(await removeSupersededCosts(tenant.ctx, { atStart: true })).toEqual({ deliveries: 1, rows: 2 });
    expect(await countEverything(tenant.ctx)).toMatchObject({
      cost_data: 1,
      cost_deliveries: 1,
      cost_daily: 1,
    });
  });

  test("a load that was taken for abandoned refuses to go on", async () => {
    const tenant = await createLoadingTenant(engine.database());
    const { removeSupersededCosts } = await import("./remove-superseded-costs.ts");
    let writes = 0;
    const slow: WriteContext = {
      ...tenant.ctx,
      async write(work) {
        writes += 1;
        if (writes === 4) await removeSupersededCosts(tenant.ctx, { atStart: true });
        return tenant.ctx.write(work);
      },
    };
    await expect(load({ ...tenant, ctx: slow }, [costRecord()])).rejects.toMatchObject({ code: "conflict" });
    expect(await countEverything(tenant.ctx)).toMatchObject({ cost_data: 0, cost_deliveries: 0 });
  });

  test("property: at every level the stored sums are the rows' sums, to the last decimal", async () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), fc.integer({ min: 6, max: 24 }))
      .map(([digits, scale]) => decimal(digits.toString()).dividedBy(decimal(10).pow(scale)).toFixed());
    const row = fc.record({
      billedCost: amount,
      effectiveCost: amount,
      contractedCost: fc.option(amount),
      listCost: fc.option(amount),
      currency: fc.constantFrom("USD", "EUR", "JPY"),
      serviceName: fc.constantFrom("A", "B", ""),
      region: fc.constantFrom("westeurope", null),
      chargePeriodStart: fc.constantFrom(
        "2026-09-01T00:00:00Z",
        "2026-09-30T23:00:00Z",
        "2026-10-01T01:00:00+02:00",
      ),
      billingPeriodStart: fc.constantFrom("2026-09-01", "2026-08-01"),
      chargePeriodEnd: fc.constant("2026-11-01T00:00:00Z"),
      billingPeriodEnd: fc.constant("2026-10-01"),
      tags: fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), { maxKeys: 3 }),
      chargeDescription: fc.option(fc.string({ unit: "binary" })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const tenant = await createLoadingTenant(engine.database());
        await load(
          tenant,
          rows.map((changes) => costRecord(changes)),
        );
        const currencies = [...new Set(rows.map((each) => each.currency))].sort();
        const sum = (
          currency: string,
          field: "billedCost" | "effectiveCost" | "contractedCost" | "listCost",
        ) =>
          rows
            .filter((each) => each.currency === currency)
            .reduce((total, each) => total.plus(each[field] ?? 0), decimal(0))
            .toFixed();
        const expected = currencies.map((currency) => ({
          currency,
          rows: String(rows.filter((each) => each.currency === currency).length),
          billed: sum(currency, "billedCost"),
          effective: sum(currency, "effectiveCost"),
          contracted: sum(currency, "contractedCost"),
          list: sum(currency, "listCost"),
        }));
        for (const [level, found] of Object.entries(await visibleTotals(tenant.ctx)))
          expect(found).toEqual(keptAt(level, expected));
      }),
      { numRuns: 6, seed: 7, endOnFailure: true },
    );
  }, 120_000);
});
