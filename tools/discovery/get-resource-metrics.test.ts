import { packMetricDays, type StoredPoint } from "@cloudoptima/db/pack-metric-days.ts";
import { upsertMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { keepComputeSizes } from "@cloudoptima/db/queries/prices.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import type { View } from "../kernel/view.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import type { MetricsOutput } from "./metric-shapes.ts";
import { addPlainResource, type PlainResource } from "./testing/plain-resource.ts";

const now = "2026-10-05T09:30:00Z";
const hourMs = 3_600_000;
const lastHour = Date.parse("2026-10-05T08:00:00Z");
const gib = 1024 ** 3;
/** Hours without any value: a day and a half, from noon. */
const gap = { from: Date.parse("2026-10-01T12:00:00Z"), to: Date.parse("2026-10-03T00:00:00Z") };
const days = 90;

describeEachEngine("metrics of a resource", (engine) => {
  let tools: TestTools;
  let actor: Actor;
  let machine: PlainResource;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now });
    const organization = await tools.createOrganization("Contoso");
    actor = tools.actor(organization, "viewer");
    machine = await addPlainResource(tools, organization, new Date(now));
    const points: StoredPoint[] = [];
    for (let hour = 0; hour < days * 24; hour++) {
      const time = new Date(lastHour - hour * hourMs);
      if (time.getTime() >= gap.from && time.getTime() < gap.to) continue;
      const of = { resourceId: machine.id, time };
      points.push(
        { ...of, metric: "cpu_percent", aggregation: "average", value: time.getUTCHours(), unit: "percent" },
        { ...of, metric: "memory_available_bytes", aggregation: "average", value: 2 * gib, unit: "bytes" },
        { ...of, metric: "network_out_bytes", aggregation: "total", value: 3 * gib, unit: "bytes" },
      );
    }
    await tools.context(tools.actor(organization)).write(async (transaction) => {
      await upsertMetricDays(transaction, organization.id, packMetricDays(points));
      const { connection_id: connectionId } = await transaction
        .selectFrom("resources")
        .select("connection_id")
        .where("resource_id", "=", machine.id)
        .executeTakeFirstOrThrow();
      await keepComputeSizes(transaction, organization.id, connectionId, {
        subscriptionId: "sub-1",
        region: "westeurope",
        readAt: new Date(now),
        sizes: [
          {
            kind: "virtual_machine",
            name: "Standard_D2s_v5",
            size: "D2s_v5",
            family: "standardDSv5Family",
            zones: [],
            capabilities: { vCPUs: "2", MemoryGB: "8" },
            restriction: null,
          },
        ],
      });
    });
  });

  const ask = async (input: Record<string, unknown>) => {
    const { output, views } = await tools.invoke({
      actor,
      name: "get_resource_metrics",
      input: { id: machine.id, ...input },
      source: "rest",
    });
    return { output: output as unknown as MetricsOutput, views: views as View[] };
  };

  test("are read 90 days back, told by day beyond a week, and 91 are refused", async () => {
    const { output } = await ask({ metric: "cpu_percent", days });
    const [cpu] = output.series.filter(({ aggregation }) => aggregation === "average");
    expect(output.interval).toBe("day");
    expect(cpu!.points[0]!.time).toBe("2026-07-07T00:00:00Z");
    // A whole day of the hours 0 to 23, and one of which the gap left twelve.
    expect(cpu!.points.find(({ time }) => time.startsWith("2026-09-30"))).toMatchObject({
      value: 11.5,
      hourCount: 24,
    });
    expect(cpu!.points.find(({ time }) => time.startsWith("2026-10-01"))).toMatchObject({
      value: 5.5,
      hourCount: 12,
    });
    expect(cpu!.points.some(({ time }) => time.startsWith("2026-10-02"))).toBe(false);
    await expect(ask({ days: days + 1 })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("have hours up to a week, and a gap is a gap: in points, in the chart, and never a zero", async () => {
    const { output, views } = await ask({ metric: "cpu" });
    const [cpu] = output.series;
    expect(output).toMatchObject({ interval: "hour", spanHours: 168, measuredUntil: "2026-10-05T08:00:00Z" });
    expect(cpu!.measuredHours).toBe(cpu!.points.length);
    const inGap = (time: string) => Date.parse(time) >= gap.from && Date.parse(time) < gap.to;
    expect(cpu!.points.filter(({ time }) => inGap(time))).toEqual([]);
    const [chart] = views as Extract<View, { type: "line" }>[];
    expect(chart).toMatchObject({ type: "line", unit: "%", granularity: "hourly" });
    expect(chart!.title).toMatch(/^CPU of \S+ by hour, %$/);
    expect(chart!.note).toMatch(/^Each point is the hour's average; UTC/);
    expect(chart!.points.filter(({ x }) => inGap(x!)).map(({ s0 }) => s0)).toEqual(Array(36).fill(null));
    expect(chart!.points.filter(({ s0 }) => s0 === null)).toHaveLength(36);
  });

  test("are summed up: average, P95, extremes with their hour, totals where hours are totals", async () => {
    const { output } = await ask({ period: { start: "2026-09-01", end: "2026-10-01" } });
    const of = (metric: string) => output.series.find((series) => series.metric === metric);
    expect(of("cpu_percent")).toMatchObject({
      measuredHours: 720,
      average: { value: "11.5", unit: "percent" },
      p95: { value: "22", unit: "percent" },
      highest: { value: "23", unit: "percent", at: "2026-09-01T23:00:00Z" },
      lowest: { value: "0", at: "2026-09-01T00:00:00Z" },
      total: null,
    });
    expect(of("network_out_bytes")).toMatchObject({
      average: { value: "3", unit: "GiB" },
      total: { value: "2.109", unit: "TiB" },
    });
  });

  test("tell the share of memory in use from what is free and what the size has", async () => {
    const { output } = await ask({ metric: "memory" });
    expect(output.series.map(({ metric }) => metric).sort()).toEqual([
      "memory_available_bytes",
      "memory_percent",
    ]);
    const inUse = output.series.find(({ metric }) => metric === "memory_percent")!;
    expect(inUse.average).toEqual({ value: "75", unit: "percent" });
  });

  test("of a name that this version does not know stand by themselves, and are no CPU", async () => {
    const other = await tools.createOrganization("Contoso");
    const its = tools.actor(other);
    const unknown = await addPlainResource(tools, other, new Date(now));
    await tools.context(its).write(async (transaction) => {
      const point = {
        aggregation: "average",
        unit: "count",
        time: new Date(lastHour),
        resourceId: unknown.id,
      };
      await upsertMetricDays(
        transaction,
        other.id,
        packMetricDays([{ ...point, metric: "queue_depth", value: 4 }]),
      );
    });
    const ofUnknown = async (input: Record<string, unknown>) => {
      const request = { actor: its, name: "get_resource_metrics", input: { id: unknown.id, ...input } };
      const { output, views } = await tools.invoke({ ...request, source: "rest" });
      return { series: (output as unknown as MetricsOutput).series, views };
    };
    const { series, views } = await ofUnknown({ metric: "queue_depth" });
    expect(series).toMatchObject([{ label: "queue_depth", kind: "other" }]);
    expect(views).toMatchObject([{ title: expect.stringMatching(/^queue_depth of vm-/) }]);
    const cpu = (await ofUnknown({ metric: "cpu" })).series;
    expect(cpu.map(({ metric }) => metric)).toEqual(["cpu_percent"]);
  });

  test("are drawn as they are told: what is in use first, each under its own name, unit and grain", async () => {
    const { views } = await ask({ metric: "memory", days: 20 });
    const [inUse, free] = views as Extract<View, { type: "line" }>[];
    expect(inUse!.title).toMatch(/^Memory in use of \S+ by day, %$/);
    expect(free!.title).toMatch(/^Free memory of \S+ by day, GiB$/);
    expect(inUse!.note).toMatch(/^Each point is the mean of the day's hours; UTC/);
  });

  test("are found by the resource's name, and of nothing that the organization does not have", async () => {
    const name = machine.id.split("/").at(-1)!;
    expect((await ask({ id: name.toUpperCase(), metric: "cpu" })).output.id).toBe(machine.id);
    const stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    const asked = tools.invoke({
      actor: stranger,
      name: "get_resource_metrics",
      input: { id: machine.id },
      source: "rest",
    });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
  });
});
