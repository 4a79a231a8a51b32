import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diskTiers } from "./generate/catalog.ts";
import { generateTenant } from "./generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";
import { makeTruth } from "./truth.ts";
import type { WasteType } from "./truth-schema.ts";

const now = Temporal.Instant.from("2026-05-30T04:40:00Z");
const estate = { seed: "planted platform", resources: 420, days: 40, now };

// As planted-vms.test.ts, for everything else that is measured: disks, blobs, databases, load balancers.
describe("planted platform resources, as Monitor shows them", () => {
  const { tenant, plants } = generateTenant(estate);
  const truth = makeTruth(tenant, plants, now);
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now: () => now, quotas: "raised" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  const resourceOf = (id: string) => tenant.resources.find((resource) => resource.id.toLowerCase() === id)!;
  const idsOf = (list: "waste" | "traps", type: WasteType, resourceType: string) =>
    truth[list]
      .filter((entry) => entry.type === type && entry.resourceId.includes(resourceType.toLowerCase()))
      .map(({ resourceId }) => resourceId);
  const allOf = (type: string) => tenant.resources.filter((resource) => resource.type === type);

  async function hours(id: string, metric: string, days: number, filter?: string): Promise<number[]> {
    const resource = resourceOf(id.toLowerCase());
    const [result] = await clients.metrics.queryResources([id], [metric], resource.type, {
      startTime: new Date(now.subtract({ hours: 24 * days }).epochMilliseconds),
      endTime: new Date(now.epochMilliseconds),
      interval: "PT1H",
      aggregation: "maximum,total",
      ...(filter ? { filter } : {}),
    });
    const points = result!.metrics[0]!.timeseries[0]?.data ?? [];
    const counts = /Transactions|SYN|SNAT|Requests/.test(metric);
    return points.flatMap(({ maximum, total }) => (counts ? total : maximum) ?? []);
  }
  const reads = (id: string, days: number) => hours(id, "Transactions", days, "ApiName eq 'GetBlob'");
  const quantile = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;

  it("premium data disks: only the planted one stays under 5 % of its operations and throughput", async () => {
    const quiet: string[] = [];
    const attached = allOf("Microsoft.Compute/disks").filter(
      ({ sku, managedBy, properties }) => sku?.tier === "Premium" && managedBy && !properties.osType,
    );
    expect(attached.length).toBeGreaterThan(15);
    for (const disk of attached) {
      const { iops, megabytesPerSecond } = diskTiers[disk.properties.tier as keyof typeof diskTiers];
      const operations = await hours(disk.id, "Composite Disk Read Operations/sec", 30);
      const bytes = await hours(disk.id, "Composite Disk Write Bytes/sec", 30);
      if (Math.max(...operations) < 0.05 * iops && Math.max(...bytes) < 0.05 * megabytesPerSecond * 1e6) {
        quiet.push(disk.id.toLowerCase());
      }
    }
    expect(quiet).toEqual(idsOf("waste", "storage_tier", "Microsoft.Compute/disks"));
  });

  it("hot accounts: only the planted ones were not read for 30 days, one of them for 90", async () => {
    const unread: [string, boolean][] = [];
    for (const { id, properties } of allOf("Microsoft.Storage/storageAccounts")) {
      if (properties.accessTier !== "Hot" || Math.max(...(await reads(id, 30))) > 0) continue;
      unread.push([id.toLowerCase(), Math.max(...(await reads(id, 90))) === 0]);
    }
    const waste = truth.waste.filter(
      ({ type, resourceId }) => type === "storage_tier" && resourceId.includes("/storageaccounts/"),
    );
    const written = idsOf("traps", "storage_tier", "Microsoft.Storage").filter((id) =>
      id.includes("journal"),
    );
    expect(unread.toSorted()).toEqual(
      [
        ...waste.map(({ resourceId, target }) => [resourceId, target === "Cold"]),
        ...written.map((id) => [id, true]),
      ].toSorted(),
    );
    expect(waste.map(({ target }) => target)).toEqual(["Cool", "Cold"]);
  });

  it("single databases: only the planted ones stay under 40 % in 99 of 100 hours and fit the next size", async () => {
    const small: string[] = [];
    for (const { id, sku, properties } of allOf("Microsoft.Sql/servers/databases")) {
      if (properties.elasticPoolId || Number(sku?.capacity) <= 2) continue;
      const used = await hours(id, "cpu_percent", 14);
      const stored = Math.max(...(await hours(id, "storage", 14))) / 1024 ** 3;
      const limit = sku?.tier === "Standard" ? 250 : 1024;
      if (quantile(used, 0.99) < 40 && stored < limit) small.push(id.toLowerCase());
    }
    expect(small.toSorted()).toEqual(idsOf("waste", "database_rightsizing", "/databases/").toSorted());
  });

  it("elastic pools: only the planted ones stay under 40 % in 99 of 100 hours and fit half, or hold nothing", async () => {
    const pooled = Map.groupBy(allOf("Microsoft.Sql/servers/databases"), ({ properties }) =>
      String(properties.elasticPoolId ?? ""),
    );
    const small: string[] = [];
    for (const { id, sku, properties } of allOf("Microsoft.Sql/servers/elasticPools")) {
      const inside = pooled.get(id) ?? [];
      const half = Number(sku?.capacity) / 2;
      const used = await hours(id, sku?.tier === "Standard" ? "dtu_consumption_percent" : "cpu_percent", 14);
      const stored = Math.max(...(await hours(id, "storage_used", 14))) / 1024 ** 3;
      const { minCapacity = 0 } = (properties.perDatabaseSettings ?? {}) as { minCapacity?: number };
      const fits = stored < (sku?.tier === "Standard" ? half : 756) && minCapacity * inside.length <= half;
      const isReplica = inside.some(({ properties: of }) => of.secondaryType !== undefined);
      if (inside.length === 0 || (used.length > 0 && quantile(used, 0.99) < 40 && fits && !isReplica))
        small.push(id.toLowerCase());
    }
    expect(small.toSorted()).toEqual(idsOf("waste", "database_rightsizing", "/elasticPools/").toSorted());
    expect(small).toHaveLength(3);
  });

  it("databases without sessions in most hours: planted ones, and traps that cannot pause", async () => {
    const asleep: string[] = [];
    for (const { id } of allOf("Microsoft.Sql/servers/databases")) {
      const sessions = await hours(id, "sessions_count", 14);
      if (sessions.filter((count) => count === 0).length > sessions.length / 2) asleep.push(id.toLowerCase());
    }
    const traps = idsOf("traps", "serverless_candidate", "Microsoft.Sql").filter(
      (id) => !id.endsWith("/heartbeat"),
    );
    const waste = idsOf("waste", "serverless_candidate", "Microsoft.Sql");
    expect(asleep.toSorted()).toEqual([...waste, ...traps].toSorted());
    expect(waste).toHaveLength(2);
  });

  it("load balancers: the planted ones had no connection in 14 days", async () => {
    const idle: string[] = [];
    for (const { id } of allOf("Microsoft.Network/loadBalancers")) {
      const flows = await hours(id, "SYNCount", 14);
      if (flows.reduce((sum, count) => sum + count, 0) < 100) idle.push(id.toLowerCase());
    }
    expect(idle.toSorted()).toEqual(idsOf("waste", "idle_load_balancer", "Microsoft.Network").toSorted());
  });

  it("gateways: through the planted ones nothing went in 14 days, and nothing tells that they must wait", async () => {
    const idle: string[] = [];
    const waits = ({ tags, properties }: (typeof tenant.resources)[number]) =>
      tags.Role === "disaster-recovery" || properties.gatewayType === "ExpressRoute";
    for (const [type, metric] of [
      ["natGateways", "SNATConnectionCount"],
      ["applicationGateways", "TotalRequests"],
    ] as const) {
      for (const { id } of allOf(`Microsoft.Network/${type}`)) {
        const counts = await hours(id, metric, 14);
        if (counts.length > 0 && counts.reduce((sum, count) => sum + count, 0) < 100)
          idle.push(id.toLowerCase());
      }
    }
    for (const gateway of allOf("Microsoft.Network/virtualNetworkGateways")) {
      const bytes = Math.max(...(await hours(gateway.id, "AverageBandwidth", 14)));
      const clients = Math.max(...(await hours(gateway.id, "P2SConnectionCount", 14)));
      if (bytes < 100 && clients === 0 && !waits(gateway)) idle.push(gateway.id.toLowerCase());
    }
    expect(idle.toSorted()).toEqual(idsOf("waste", "idle_gateway", "Microsoft.Network").toSorted());
    expect(idle).toHaveLength(3);
  });

  it("nothing saves more than it costs, and a target costs less than what is there", () => {
    for (const waste of truth.waste) {
      const month = (Number(waste.dailyEffectiveCost) * 365) / 12;
      expect(Number(waste.monthlySaving)).toBeLessThanOrEqual(month + 1e-4);
      if (waste.dailyCostAfter !== undefined) expect(Number(waste.monthlySaving)).toBeGreaterThan(0);
    }
  });
});
