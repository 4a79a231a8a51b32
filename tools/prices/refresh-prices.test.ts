import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CloudRead } from "../clouds/cloud.ts";
import { diskTiers, vmSizes } from "../clouds/sandbox/generate/catalog.ts";
import { scanInventory } from "../discovery/scan-inventory.ts";
import { connectSandboxTenant, type ScannedTenant } from "../discovery/testing/scanned-tenant.ts";
import type { PriceBook } from "./price-book.ts";
import { readPriceBook } from "./read-price-book.ts";
import { refreshPrices, refreshSizes } from "./refresh-prices.ts";

const now = "2026-10-05T09:30:00Z";
const priceList = "/api/retail/prices";

describeEachEngine("prices of what an inventory uses", (engine) => {
  let tenant: ScannedTenant;
  let subscriptionId: string;
  let region: string;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), { seed: "prices", resources: 130, days: 2, now });
    const machine = tenant.generated.tenant.resources.find(
      ({ properties }) => sizeOf(properties) === "Standard_D4s_v5",
    )!;
    subscriptionId = machine.id.split("/")[2]!;
    region = machine.location;
    await refresh();
  }, 60_000);
  afterAll(() => tenant?.close());
  afterEach(() => tenant.sandbox().faults.clear());

  const sizeOf = (properties: Record<string, unknown>) =>
    (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize;
  const book = (at = now): Promise<PriceBook> =>
    tenant.tools
      .context(tenant.actor)
      .read((transaction) => readPriceBook(transaction, subscriptionId, Temporal.Instant.from(at)));
  /** Reads inventory, sizes and prices as a scan does, and counts the questions about the last two. */
  const refresh = async () => {
    const ctx = tenant.tools.context(tenant.actor);
    const opened = await tenant.openCloud();
    let questions = 0;
    const cloud: Pick<CloudRead, "retailPrices" | "resourceSkus"> = {
      retailPrices(query, signal) {
        questions++;
        return opened.retailPrices(query, signal);
      },
      resourceSkus(id, of, signal) {
        questions++;
        return opened.resourceSkus(id, of, signal);
      },
    };
    const { connectionId } = tenant;
    for (const id of tenant.sandbox().subscriptionIds) {
      const scan = { connectionId, subscriptionId: id, mode: "full" as const, onFound: () => {} };
      await scanInventory(ctx, opened, scan);
      await refreshSizes(ctx, cloud, connectionId, id);
    }
    await refreshPrices(ctx, cloud, connectionId);
    return questions;
  };

  test("hold what machines cost and could cost, as the bill has it", async () => {
    const prices = await book();
    expect(prices).toMatchObject({ currency: "USD", doubts: [] });
    expect(prices.asOf?.toString()).toBe(now);
    const own = prices.vm(region, "Standard_D4s_v5", "Linux");
    expect(own?.payAsYouGo).toEqual({ value: "0.23", currency: "USD", unit: "hour" });
    expect(prices.vm(region, "Standard_D4s_v5", "Windows")?.windowsLicence?.value).toBe("0.184");
    const targets = [
      ...prices.sizes.smallerSizes(region, "Standard_D4s_v5"),
      ...prices.sizes.burstableSizes(region, "Standard_D4s_v5"),
    ];
    expect(targets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Standard_D2s_v5", "Standard_B2ms", "Standard_B4ms"]),
    );
    for (const { name } of targets) {
      const listed = vmSizes[name as keyof typeof vmSizes].hourly;
      expect(Number(prices.vm(region, name, "Linux")?.payAsYouGo.value)).toBe(listed);
    }
    expect(prices.vm(region, "Standard_NC24ads_A100_v4", "Linux")).toBeNull();
  });

  test("hold every other thing in use, each in its unit", async () => {
    const prices = await book();
    expect(prices.managedDisk(region, "P10")).toEqual({
      value: String(diskTiers.P10.monthly),
      currency: "USD",
      unit: "month",
    });
    expect(prices.diskOperations(region, "P10")).toBeNull();
    expect(prices.diskOperations(region, "E10")?.value).toBe("0.002");
    expect(prices.snapshotGb(region, "Standard_LRS")?.value).toBe("0.05");
    expect(prices.snapshotGb(region, "Premium_LRS")?.value).toBe("0.132");
    expect(prices.publicIp(region, "Standard")).toEqual({ value: "0.005", currency: "USD", unit: "hour" });
    // Read where something is used that it prices, and not where nothing is.
    const used = (type: string) =>
      tenant.generated.tenant.resources.some((one) => one.type === type && one.location === region);
    const databases = used("Microsoft.Sql/servers/databases");
    expect(prices.sqlDtu(region, "S0")?.value).toBe(databases ? "0.4839" : undefined);
    const balancers = tenant.generated.tenant.resources.some(({ type }) => /loadBalancers$/.test(type));
    expect(prices.loadBalancer(region)?.firstFiveRules.value).toBe(balancers ? "0.025" : undefined);
    expect(prices.sizes.diskSize(region, "P30")).toMatchObject({ iops: 5000, mebibytesPerSecond: 200 });
    expect(prices.sizes.flexibilityGroup("Standard_D16s_v5")).toEqual({ group: "Dsv5 Series", ratio: 8 });
  });

  test("are told of one size, as last read", async () => {
    const answer = await tenant.call<Record<string, unknown>>("get_compute_prices", {
      region: region.toUpperCase(),
      size: "standard_d4s_v5",
    });
    expect(answer).toMatchObject({
      region,
      size: "Standard_D4s_v5",
      capabilities: { vcpus: 4, memoryGib: 16, uncachedIops: 6400 },
      flexibility: { group: "Dsv5 Series", ratio: 2 },
    });
    expect(answer.prices).toEqual([
      expect.objectContaining({
        connectionName: "Sandbox",
        operatingSystem: "Linux",
        payAsYouGo: { value: "0.23", currency: "USD" },
        spot: { value: "0.046", currency: "USD" },
        windowsLicence: null,
        staleDays: null,
      }),
      expect.objectContaining({
        operatingSystem: "Windows",
        payAsYouGo: { value: "0.414", currency: "USD" },
      }),
    ]);
    await expect(tenant.call("get_compute_prices", { region, size: "Standard_Z1_v9" })).rejects.toMatchObject(
      { code: "no_data" },
    );
  });

  test("are not read again within a day", async () => {
    tenant.setNow("2026-10-06T09:00:00Z");
    expect(await refresh()).toBe(0);
    tenant.setNow("2026-10-06T09:30:00Z");
    const questions = await refresh();
    expect(questions).toBeGreaterThan(0);
    // In each region one for what each subscription is offered, one for 30 sizes and one for each group of services.
    const { resources, subscriptions } = tenant.generated.tenant;
    const regions = new Set(resources.map(({ location }) => location));
    expect(questions).toBeLessThanOrEqual(regions.size * (subscriptions.length + 2 + 5) + 1);
  });

  test("stay when the price list is down, and say so from the third day on", async () => {
    const read = await book();
    tenant.sandbox().faults.add({ path: priceList, kind: "error", status: 503, times: 1000 });
    tenant.setNow("2026-10-09T09:30:00Z");
    await expect(refresh()).rejects.toMatchObject({ code: "unavailable" });
    const late = await book("2026-10-09T09:30:00Z");
    expect(late.vm(region, "Standard_D4s_v5", "Linux")).toEqual(read.vm(region, "Standard_D4s_v5", "Linux"));
    expect(late.doubts).toEqual([expect.stringContaining("3 days ago")]);
    expect((await book("2026-10-07T09:30:00Z")).doubts).toEqual([]);
  });

  test("are unknown after 30 days, never guessed", async () => {
    const late = await book("2026-11-05T10:00:00Z");
    expect(late.asOf).toBeNull();
    expect(late.vm(region, "Standard_D4s_v5", "Linux")).toBeNull();
    expect(late.managedDisk(region, "P10")).toBeNull();
  });

  test("a scan lands without them and tells what is missing", async () => {
    tenant.sandbox().faults.add({ path: priceList, kind: "error", status: 503, times: 1000 });
    tenant.setNow("2026-10-10T09:30:00Z");
    const { connections } = await tenant.scan();
    expect(connections[0]).toMatchObject({
      status: "partial",
      resourceCount: tenant.truth.totals.resourceCount + tenant.truth.totals.unmanagedDiskCount,
    });
    expect(connections[0]!.failures).toEqual([
      expect.objectContaining({ stage: "prices", subscriptionId: null, code: "unavailable" }),
    ]);
  }, 60_000);

  test("those of what nobody uses any more are forgotten", async () => {
    tenant.setNow("2026-10-11T09:30:00Z");
    const { tenant: estate } = tenant.generated;
    const isAddress = (type: string) => type === "Microsoft.Network/publicIPAddresses";
    await tenant.serve({
      ...estate,
      resources: estate.resources.filter(({ type }) => !isAddress(type)),
      charges: estate.charges.filter(({ resourceType }) => !isAddress(resourceType ?? "")),
    });
    await refresh();
    const prices = await book("2026-10-11T09:30:00Z");
    expect(prices.publicIp(region, "Standard")).toBeNull();
    expect(prices.managedDisk(region, "P10")?.value).toBe("19.71");
  });
});
