import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTenant } from "./generate/generate-tenant.ts";
import type { Plant } from "./generate/plant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import type { Resource } from "./tenant/tenant-schema.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";

const now = () => Temporal.Instant.from("2026-11-23T15:20:00Z");
const estate = { seed: "metrics", resources: 420, days: 60, now: now() };
const namespace = "Microsoft.Compute/virtualMachines";

describe("metrics through the real clients", () => {
  const { tenant, plants } = generateTenant(estate);
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now, quotas: "azure" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  const planted = (kind: Plant["kind"], type: string) =>
    plants.flatMap((plant) =>
      plant.kind === kind && "type" in plant && plant.type === type ? [plant.resourceId] : [],
    );
  const vmNamed = (name: string) => tenant.resources.find((resource) => resource.name === name)!;
  const week = { startTime: new Date("2026-11-16T15:00:00Z"), endTime: new Date("2026-11-23T15:00:00Z") };

  async function cpu(vm: Resource) {
    const result = await clients.resourceMetrics.queryResource(vm.id, ["Percentage CPU"], {
      timespan: week,
      granularity: "PT1H",
      aggregations: ["Average", "Maximum"],
    });
    return result.metrics[0]!.timeseries[0]?.data ?? [];
  }

  it("answers a batch of one region and type, hour by hour", async () => {
    const vms = tenant.resources.filter(
      (resource) =>
        resource.type === namespace &&
        resource.id.includes("rg-web-prod/") &&
        resource.location === "westeurope",
    );
    const results = await clients.metrics.queryResources(
      vms.map((vm) => vm.id),
      ["Percentage CPU", "Network Out Total"],
      namespace,
      { ...week, interval: "PT1H", aggregation: "average,maximum,total" },
    );
    expect(results).toHaveLength(vms.length);
    const busy = results.find((result) => result.resourceId!.endsWith("vm-web-prod-001"))!;
    const points = busy.metrics[0]!.timeseries[0]!.data!;
    expect(points).toHaveLength(168);
    expect(points[0]!.timeStamp).toEqual(week.startTime);
    expect(points.every((point) => point.average! > 5 && point.maximum! >= point.average!)).toBe(true);
    expect(busy.metrics[1]!.unit).toBe("Bytes");
  });

  it("gives the same points alone, in a batch, and again", async () => {
    const vm = vmNamed("vm-web-prod-001");
    const [batch] = await clients.metrics.queryResources([vm.id], ["Percentage CPU"], namespace, {
      ...week,
      interval: "PT1H",
      aggregation: "average,maximum",
    });
    expect(await cpu(vm)).toEqual(batch!.metrics[0]!.timeseries[0]!.data);
    expect(await cpu(vm)).toEqual(await cpu(vm));
  });

  it("shows planted idle VMs idle, and why each trap is not", async () => {
    for (const id of planted("waste", "idle_vm")) {
      const points = await cpu(tenant.resources.find((resource) => resource.id === id)!);
      const maxima = points.map((point) => point.maximum!).sort((a, b) => a - b);
      expect(maxima[Math.floor(maxima.length * 0.95)]).toBeLessThan(3);
      expect(Math.max(...points.map((point) => point.average!))).toBeLessThanOrEqual(2);
    }
    expect(await cpu(vmNamed("vm-vendor-appliance-001"))).toEqual([]);
    const bursts = (await cpu(vmNamed("vm-nightly-build-001"))).filter((point) => point.maximum! > 80);
    expect(bursts).toHaveLength(14);
    const [forwarder] = await clients.metrics.queryResources(
      [vmNamed("vm-packet-forwarder-001").id],
      ["Network Out Total"],
      namespace,
      { ...week, interval: "P1D", aggregation: "total" },
    );
    // 12.5 Gbit/s would be 135 TB a day.
    expect(forwarder!.metrics[0]!.timeseries[0]!.data![0]!.total).toBeGreaterThan(0.02 * 135e12);
  });

  it("has gaps where an agent dropped out", async () => {
    const points = await cpu(vmNamed("vm-web-prod-006"));
    const gaps = points.filter((point) => point.average === undefined);
    expect(points).toHaveLength(168);
    expect(gaps.length).toBeGreaterThanOrEqual(5);
    expect(gaps.length).toBeLessThanOrEqual(6);
  });

  it("has gaps while a VM is off", async () => {
    const points = await cpu(vmNamed("vm-dev-001"));
    const on = points.filter((point) => point.average !== undefined);
    expect(points).toHaveLength(168);
    expect(on).toHaveLength(5 * 12);
    const off = await cpu(vmNamed("vm-loadtest-001"));
    expect(off.every((point) => point.average === undefined)).toBe(true);
  });

  it("has what Azure measures of platform resources: counters, gauges, and stores that fill", async () => {
    const database = tenant.resources.find(
      ({ type, name }) => type === "Microsoft.Sql/servers/databases" && name === "orders",
    )!;
    const [ofDatabase] = await clients.metrics.queryResources(
      [database.id],
      ["cpu_percent", "storage"],
      database.type,
      { ...week, interval: "PT1H", aggregation: "average,maximum" },
    );
    const [cpu, storage] = ofDatabase!.metrics.map(({ timeseries }) => timeseries[0]!.data!);
    expect(cpu).toHaveLength(168);
    expect(
      cpu!.every(({ average, maximum }) => average! > 0 && maximum! >= average! && maximum! <= 100),
    ).toBe(true);
    const sizes = storage!.map(({ average }) => average!);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));

    const account = tenant.resources.find(({ type }) => type === "Microsoft.Storage/storageAccounts")!;
    const [ofAccount] = await clients.metrics.queryResources([account.id], ["Transactions"], account.type, {
      ...week,
      interval: "P1D",
      aggregation: "total",
    });
    const totals = ofAccount!.metrics[0]!.timeseries[0]!.data!.map(({ total }) => total!);
    expect(totals.every((total) => Number.isInteger(total) && total > 0)).toBe(true);
    const vault = tenant.resources.find(({ type }) => type === "Microsoft.KeyVault/vaults")!;
    await expect(
      clients.metrics.queryResources([vault.id], ["x"], vault.type, { interval: "PT1H" }),
    ).rejects.toThrow(/namespace 'microsoft.keyvault\/vaults' is not supported/);
  });

  it("refuses what Azure refuses", async () => {
    const vms = tenant.resources.filter((resource) => resource.type === namespace);
    const ask = (ids: string[], metric = "Percentage CPU", of = namespace) =>
      clients.metrics.queryResources(ids, [metric], of, { interval: "PT1H" });
    const production = vms.filter((vm) => vm.id.includes(sandbox.subscriptionIds[0]!));
    const regions = ["westeurope", "northeurope"].map(
      (region) => production.find((vm) => vm.location === region)!.id,
    );
    await expect(ask(regions)).rejects.toThrow(/same region/);
    await expect(ask(Array.from({ length: 51 }, () => production[0]!.id))).rejects.toThrow(/exceed 50/);
    await expect(ask([production[0]!.id], "CPU")).rejects.toThrow(/Failed to find metric configuration/);
  });
});
