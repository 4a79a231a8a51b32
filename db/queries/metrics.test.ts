import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { type TenantTransaction, withTenant } from "../client.ts";
import { describeEachEngine } from "../testing/engines.ts";
import { readHourlySeries, type StoredPoint, upsertMetricPoints } from "./metrics.ts";
import { createOrganization } from "./organizations.ts";

const hourMs = 3_600_000;
const start = Date.parse("2026-10-03T20:00:00Z");
const at = (hour: number) => new Date(start + hour * hourMs);

describeEachEngine("metrics", (engine) => {
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
    within((transaction) => upsertMetricPoints(transaction, organization, points), organization);

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

  it("refuses a window that does not begin and end with an hour", async () => {
    const crooked = new Date(start + 1);
    await expect(
      within((transaction) => readHourlySeries(transaction, ["/vm-1"], crooked, at(8))),
    ).rejects.toThrow(RangeError);
  });
});
