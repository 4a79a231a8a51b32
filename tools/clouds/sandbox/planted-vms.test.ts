import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vmSizes } from "./generate/catalog.ts";
import { generateTenant } from "./generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";
import { makeTruth } from "./truth.ts";
import type { WasteType } from "./truth-schema.ts";

const now = Temporal.Instant.from("2026-08-12T09:40:00Z");
const estate = { seed: "planted machines", resources: 400, days: 40, now };
const metricNames = [
  "Percentage CPU",
  "Available Memory Bytes",
  "Network In Total",
  "Network Out Total",
] as const;

interface Load {
  average: number[];
  maximum: number[];
  memoryUsedGib: number | null;
  /** Hours of the week (Monday 0:00 UTC is 0) in which it was busy, with how often. */
  busyHoursOfWeek: Map<number, number>;
}

// Each planting is held against what Monitor serves of it: a truth that its own metrics contradict judges nothing.
describe("planted machines, as Monitor shows them in 14 days", () => {
  const { tenant, plants } = generateTenant(estate);
  const truth = makeTruth(tenant, plants, now);
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now: () => now, quotas: "raised" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  const vmOf = (id: string) => tenant.resources.find((resource) => resource.id.toLowerCase() === id)!;
  const sizeOf = (id: string) =>
    vmSizes[(vmOf(id).properties.hardwareProfile as { vmSize: keyof typeof vmSizes }).vmSize];
  const idsOf = (list: "waste" | "traps", type: WasteType) =>
    truth[list]
      .filter((entry) => entry.type === type && entry.resourceId.includes("virtualmachines"))
      .map(({ resourceId }) => resourceId);

  async function load(id: string): Promise<Load> {
    const { metrics } = await clients.resourceMetrics.queryResource(id, [...metricNames], {
      timespan: { startTime: new Date("2026-07-29T00:00:00Z"), endTime: new Date("2026-08-12T00:00:00Z") },
      granularity: "PT1H",
      aggregations: ["Average", "Maximum", "Total"],
    });
    const [cpu, memory, received, sent] = metrics.map(
      (metric) => metric.timeseries[0]?.data?.filter((point) => point.average !== undefined) ?? [],
    );
    const busyHoursOfWeek = new Map<number, number>();
    for (const [index, { timeStamp, average }] of cpu!.entries()) {
      const bytesPerSecond = ((received![index]!.total ?? 0) + (sent![index]!.total ?? 0)) / 3600;
      if (average! < 5 && bytesPerSecond < 1000) continue;
      const hour = ((timeStamp.getUTCDay() + 6) % 7) * 24 + timeStamp.getUTCHours();
      busyHoursOfWeek.set(hour, (busyHoursOfWeek.get(hour) ?? 0) + 1);
    }
    const free = Math.min(...memory!.map((point) => point.average!));
    return {
      average: cpu!.map((point) => point.average!),
      maximum: cpu!.map((point) => point.maximum!),
      memoryUsedGib: memory!.length === 0 ? null : sizeOf(id).memoryGib - free / 1024 ** 3,
      busyHoursOfWeek,
    };
  }
  const quantile = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;

  it("oversized: the target carries 95 of 100 hours under 40 % and all memory under 60 %, half of it does not", async () => {
    const targets = truth.waste.filter(({ type }) => type === "vm_rightsizing");
    expect(targets).toHaveLength(4);
    for (const { resourceId, target } of targets) {
      const { maximum, average, memoryUsedGib } = await load(resourceId);
      const size = sizeOf(resourceId);
      const smaller = vmSizes[target as keyof typeof vmSizes];
      const cores = size.cores / smaller.cores;
      const isBurst = quantile(maximum, 0.99) > 80;
      expect(smaller.hourly).toBeLessThan(size.hourly);
      expect(quantile(maximum, 0.95) * cores).toBeLessThan(40);
      expect(quantile(average, 0.95)).toBeGreaterThan(3);
      if (memoryUsedGib === null) expect(quantile(maximum, 0.95)).toBeLessThan(15);
      else expect(memoryUsedGib / smaller.memoryGib).toBeLessThan(0.6);
      if (memoryUsedGib !== null && !isBurst) expect(memoryUsedGib).toBeGreaterThan(smaller.memoryGib / 2);
      if (isBurst) expect(target).toMatch(/^Standard_B/);
    }
  });

  it("underutilized: CPU would fit the target, memory is unknown and CPU is not under 15 %", async () => {
    const [unproven] = truth.waste.filter(({ type }) => type === "underutilized_vm");
    const { maximum, average, memoryUsedGib } = await load(unproven!.resourceId);
    expect(memoryUsedGib).toBeNull();
    expect(quantile(average, 0.95)).toBeGreaterThan(15);
    expect(quantile(maximum, 0.95) * 2).toBeLessThan(80);
    expect(idsOf("traps", "vm_rightsizing")).toContain(unproven!.resourceId);
  });

  it("bound machines have low CPU, and a reason", async () => {
    const traps = idsOf("traps", "vm_rightsizing");
    expect(traps).toHaveLength(5);
    for (const id of traps) {
      const { maximum, memoryUsedGib } = await load(id);
      expect(quantile(maximum, 0.95)).toBeLessThan(40);
      const { dataDisks } = vmOf(id).properties.storageProfile as { dataDisks: unknown[] };
      const cards = (vmOf(id).properties.networkProfile as { networkInterfaces: unknown[] })
        .networkInterfaces;
      const isBound =
        memoryUsedGib === null ||
        memoryUsedGib > sizeOf(id).memoryGib / 2 ||
        dataDisks.length > 4 ||
        cards.length > 2;
      expect(isBound).toBe(true);
    }
  });

  it("forgotten at night: busy in the same 55 hours of each week; traps are not, or are production", async () => {
    for (const id of idsOf("waste", "auto_shutdown")) {
      const { busyHoursOfWeek } = await load(id);
      expect(busyHoursOfWeek.size).toBe(55);
      expect([...busyHoursOfWeek.values()].every((weeks) => weeks === 2)).toBe(true);
      expect(vmOf(id).tags.Environment).toMatch(/^dev/i);
    }
    expect(idsOf("waste", "auto_shutdown").length).toBeGreaterThanOrEqual(4);
    const [shifts, production] = idsOf("traps", "auto_shutdown");
    expect((await load(shifts!)).busyHoursOfWeek.size).toBe(168);
    expect((await load(production!)).busyHoursOfWeek.size).toBe(55);
    expect(vmOf(production!).tags.Environment).toBe("Production");
  });

  it("pays Windows by the hour only where it is planted", () => {
    const windows = tenant.resources.filter(
      ({ properties }) =>
        (properties.storageProfile as { osDisk?: { osType?: string } })?.osDisk?.osType === "Windows",
    );
    const unlicensed = windows.filter(({ properties }) => properties.licenseType === undefined);
    expect(unlicensed.map(({ id }) => id.toLowerCase())).toEqual(idsOf("waste", "hybrid_benefit"));
    const [paid] = truth.waste.filter(({ type }) => type === "hybrid_benefit");
    expect(Number(paid!.monthlySaving)).toBeCloseTo(sizeOf(paid!.resourceId).windowsLicenceHourly * 730, 2);
  });

  it("an idle machine that a reservation pays saves nothing", () => {
    const reserved = truth.waste.filter(
      ({ type, monthlySaving }) => type !== "orphaned_nic" && Number(monthlySaving) === 0,
    );
    expect(reserved.map(({ type, resourceId }) => [type, vmOf(resourceId).name])).toEqual([
      ["idle_vm", "vm-transfer-prod-001"],
    ]);
  });
});
