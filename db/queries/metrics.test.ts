import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type TenantTransaction, withTenant } from "../client.ts";
import { packMetricDays, type StoredPoint } from "../pack-metric-days.ts";
import { describeTimescaleToo } from "../testing/engines.ts";
import { lastMetricTimes, readHourlySeries, upsertMetricDays } from "./metrics.ts";
import { createOrganization } from "./organizations.ts";

const hourMs = 3_600_000;
const start = Date.parse("2026-10-03T20:00:00Z");
const at = (hour: number) => new Date(start + hour * hourMs);

describeTimescaleToo("metrics", (engine) => {
  const here = randomUUID();
  const elsewhere = randomUUID();
  beforeAll(async () => {
    for (const id of [here, elsewhere]) {
      await createOrganization(engine.database(), { id, name: id, demo: false, retentionExempt: false });
    }
  });

  const within = <Result>(work: (transaction: TenantTransaction) => Promise<Result>, organization = here) =>
    withTenant(engine.database(), organization, { access: "write" }, work);
  const point = (resourceId: string, hour: number, value: number): StoredPoint => ({
    resourceId,
    metric: "cpu_percent",
    aggregation: "average",
    time: at(hour),
    value,
    unit: "percent",
  });
  const keep = (points: StoredPoint[], organization = here) =>
    within(
      (transaction) => upsertMetricDays(transaction, organization, packMetricDays(points)),
      organization,
    );

  it("reads the hours of a window, oldest first, with gaps kept as gaps", async () => {
    const memory = { metric: "memory_available_bytes", unit: "bytes" };
    await keep([
      point("/vm-1", 7, 0.1 + 0.2),
      point("/vm-1", 2, 2),
      point("/vm-1", -1, 99),
      point("/vm-1", 8, 99),
      { ...point("/vm-1", 3, 2 ** 53), ...memory },
      point("/vm-2", 0, 1e-300),
      point("/vm-3", 0, 1),
    ]);
    await keep([point("/vm-1", 4, 7)], elsewhere);
    const read = (metrics?: string[]) =>
      within((transaction) =>
        readHourlySeries(transaction, ["/vm-1", "/vm-2", "/vm-4"], at(0), at(8), metrics),
      );
    const series = (resourceId: string, metric: string, values: Record<number, number>) => ({
      resourceId,
      metric,
      aggregation: "average",
      values: Float64Array.from({ length: 8 }, (_, hour) => values[hour] ?? Number.NaN),
    });
    const cpu = [
      series("/vm-1", "cpu_percent", { 2: 2, 7: 0.1 + 0.2 }),
      series("/vm-2", "cpu_percent", { 0: 1e-300 }),
    ];
    const found = await read();
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([...cpu, series("/vm-1", "memory_available_bytes", { 3: 2 ** 53 })]),
    );
    expect(await read(["cpu_percent"])).toEqual(cpu);
    expect(await read([])).toEqual([]);
  });

  it("has of each hour what was read last, however the points came and whatever was missing among them", async () => {
    const hour = fc.record({ hour: fc.integer({ min: 0, max: 52 }), value: fc.double({ noNaN: true }) });
    const readings = fc.array(fc.array(hour, { maxLength: 30 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(readings, async (batches) => {
        const id = `/vm-${randomUUID()}`;
        const expected = new Float64Array(53).fill(Number.NaN);
        for (const batch of batches) {
          await keep(batch.map(({ hour, value }) => point(id, hour, value)));
          for (const { hour, value } of batch) expected[hour] = value + 0; // a written -0 is 0
        }
        const measured = [...expected.keys()].filter((hour) => !Number.isNaN(expected[hour]));
        const found = await within((transaction) => readHourlySeries(transaction, [id], at(0), at(53)));
        expect(found.map(({ values }) => values)).toEqual(measured.length > 0 ? [expected] : []);
        const newest = await within((transaction) =>
          lastMetricTimes(transaction, [id], { metric: "cpu_percent", aggregation: "average" }),
        );
        expect(newest.get(id)).toEqual(measured.length > 0 ? at(measured.at(-1)!) : undefined);
      }),
      { numRuns: 25 },
    );
  });

  it("shows the same by the hour to whoever reads the relation", async () => {
    await keep([point("/vm-shown", 3, 30), point("/vm-shown", 4, 40)]);
    const rows = await within((transaction) =>
      transaction.selectFrom("resource_metrics").selectAll().where("resource_id", "=", "/vm-shown").execute(),
    );
    const series = { organization_id: here, resource_id: "/vm-shown", metric_name: "cpu_percent" };
    expect(rows.sort((left, right) => left.value - right.value)).toEqual(
      [3, 4].map((hour) => ({
        ...series,
        aggregation: "average",
        unit: "percent",
        time: at(hour),
        value: hour * 10,
      })),
    );
  });

  it("refuses a window that does not begin and end with an hour", async () => {
    const crooked = new Date(start + 1);
    await expect(
      within((transaction) => readHourlySeries(transaction, ["/vm-1"], crooked, at(8))),
    ).rejects.toThrow(RangeError);
  });
});
