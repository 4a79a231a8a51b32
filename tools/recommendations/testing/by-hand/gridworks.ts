import { type At, type EstateByHand, estateByHand, idle, monthOf, wellUsed } from "./estate-by-hand.ts";

const gib = 1024 ** 3;
const main = "7d2e0000-aaaa-4bbb-8ccc-0123456789ab";
const now = "2026-02-04T23:30:00Z";

/** A utility that pays in pounds: batches, month ends, gaps in metrics, commitments that cover a part. */
export function gridworks(): EstateByHand {
  const by = estateByHand({
    name: "gridworks",
    now,
    days: 100,
    currency: "GBP",
    location: "uksouth",
    subscriptions: [{ id: main, name: "Gridworks" }],
  });
  const at = (type: string, name: string, group = "rg-grid"): At => [main, group, type, name];
  const vmAt = (name: string, group?: string) => at("Microsoft.Compute/virtualMachines", name, group);
  const machines = () => {
    // E-series v5: 8 GiB a vCPU. Four hours every Sunday are over 1 % of the hours, an hour a week is not.
    const small = { ...wellUsed(64), cpuNightPercent: 4, cpuDayPercent: 6, memoryUsedShare: 0.2 };
    const weekly = by.vm(vmAt("meter-import"), "Standard_E8s_v5", "13", {
      usage: { ...small, scheduled: [{ weekdays: [7], from: 1, to: 5, cpuPercent: 75 }] },
    });
    by.trap("vm_rightsizing", weekly, "A batch on Sundays needs all of it.");
    const closing = by.vm(vmAt("billing-close"), "Standard_E8s_v5", "13", {
      usage: { ...small, scheduled: [{ lastDaysOfMonth: 2, from: 0, to: 24, cpuPercent: 92 }] },
    });
    by.trap("vm_rightsizing", closing, "The month's last two days need all of it.");
    const closingIdle = by.vm(vmAt("tax-close"), "Standard_E4s_v5", "6.6", {
      usage: { ...idle(32), scheduled: [{ lastDaysOfMonth: 2, from: 6, to: 18, cpuPercent: 60 }] },
    });
    by.trap("idle_vm", closingIdle, "It works at the month's end.");
    const gaps = by.vm(vmAt("telemetry-gaps"), "Standard_E8s_v5", "13", {
      usage: { ...small, gapEveryHours: 9 },
    });
    by.waste("vm_rightsizing", gaps, monthOf(13) / 2);
    const sparse = by.vm(vmAt("telemetry-half"), "Standard_E4s_v5", "6.6", {
      usage: { ...idle(32), gapEveryHours: 2 },
    });
    by.trap("idle_vm", sparse, "Half of its hours are not measured.");
    const noNetwork = by.vm(vmAt("scada-gateway"), "Standard_E4s_v5", "6.6", {
      usage: { ...idle(32), missingMetrics: ["Network Out Total", "Network In Total"] },
    });
    by.trap("idle_vm", noNetwork, "Whether it sends is not measured.");
    by.trap("vm_rightsizing", noNetwork, "Whether it sends is not measured.");
    const blind = by.vm(vmAt("gis-tiles"), "Standard_E8s_v5", "13", {
      usage: { ...small, cpuNightPercent: 3, cpuDayPercent: 4, missingMetrics: ["Available Memory Bytes"] },
    });
    by.waste("vm_rightsizing", blind, monthOf(13) / 2);
    // weekly 8, closing 8, tax 4, gaps and gis 4 each after their resize, half 4, scada 4 vCPUs; a unit is two.
    by.waste(
      "reserved_instance",
      reservation("uksouth-esv5-series"),
      ((13 * 2 + 6.6 * 3 + 13) / 24 - 18 * reservedE2) * 730,
    );

    const bursts = by.vm(vmAt("forecast"), "Standard_D4s_v3", "5", {
      usage: {
        ...wellUsed(16),
        cpuNightPercent: 4,
        cpuDayPercent: 6,
        memoryUsedShare: 0.3,
        burst: { everyHours: 40, cpuPercent: 95 },
      },
    });
    by.waste("vm_rightsizing", bursts, monthOf(5) * (1 - 0.192 / 0.24));
    by.waste(
      "reserved_instance",
      reservation("uksouth-bs-series-high-memory"),
      ((5 * 0.192) / 0.24 / 24 - 0.192 * 0.62) * 730,
    );

    // Windows in one meter with compute: D8s_v5 lists 0.46 for compute and 8 x 0.046 for Windows.
    const windows = by.vm(vmAt("sharepoint"), "Standard_D8s_v5", "19.872", {
      usage: { ...wellUsed(32) },
      properties: { storageProfile: { osDisk: { osType: "Windows" }, dataDisks: [] } },
    });
    by.waste("hybrid_benefit", windows, monthOf(8.832));
    // A reservation pays for one of three; what it pays is nobody's saving.
    for (const number of [1, 2, 3]) {
      const id = by.vm(vmAt(`historian-${number}`), "Standard_D8s_v5", "10", {
        usage: wellUsed(32),
        ...(number === 1
          ? {
              charge: {
                pricingModel: "Reservation" as const,
                benefitName: "D8 for historians",
                shownIn: "amortized" as const,
              },
            }
          : {}),
      });
      by.trap("idle_vm", id, "It works.");
    }
    by.waste(
      "reserved_instance",
      reservation("uksouth-dsv5-series"),
      ((10 * 2 + 11.04) / 24 - 3 * 0.46 * 0.62) * 730,
    );
    const elsewhere = by.vm(vmAt("jersey-link"), "Standard_D4s_v5", "5", {
      usage: wellUsed(16),
      location: "UK West",
    });
    by.trap("reserved_instance", elsewhere, "Nothing is sold there that we know of.");
    const spot = by.vm(vmAt("render-7", "rg-sim-dev"), "Standard_D4as_v5", "1", {
      usage: wellUsed(16),
      properties: { priority: "Spot" },
      charge: { pricingModel: "Spot" },
    });
    by.trap("spot_instance", spot, "On spot already.");
    scaleSets();
  };

  function reservation(slug: string): string {
    return `/subscriptions/${main}/providers/microsoft.capacity/reservations/${slug}`;
  }

  function scaleSets(): void {
    const cluster = by.add(at("Microsoft.ContainerService/managedClusters", "aks-sim", "rg-sim-dev"), {
      tags: { Environment: "development" },
      properties: {
        nodeResourceGroup: "MC_rg-sim-dev_aks-sim_uksouth",
        agentPoolProfiles: [
          { name: "system", mode: "System", enableAutoScaling: true, count: 1, vmSize: "Standard_D4as_v5" },
          { name: "jobs", mode: "User", enableAutoScaling: true, count: 2, vmSize: "Standard_D4as_v5" },
        ],
      },
    });
    for (const pool of ["system", "jobs"]) {
      const id = by.add(
        at(
          "Microsoft.Compute/virtualMachineScaleSets",
          `aks-${pool}-1234-vmss`,
          "MC_rg-sim-dev_aks-sim_uksouth",
        ),
        {
          tags: { "aks-managed-poolName": pool },
          sku: { name: "Standard_D4as_v5", capacity: 2 },
          properties: { virtualMachineProfile: { storageProfile: { osDisk: { osType: "Linux" } } } },
        },
      );
      by.cost(id, "Virtual Machines", "8");
      if (pool === "jobs") by.waste("spot_instance", id, monthOf(8) * 0.8);
      else by.trap("spot_instance", id, `${cluster}'s own services run on it.`);
    }
    const disk = by.add(at("Microsoft.Compute/disks", "vol-9", "mc_rg-sim-dev_aks-sim_uksouth"), {
      sku: { name: "Premium_LRS" },
      tags: { "kubernetes.io-created-for-pvc-name": "data" },
      properties: { diskState: "Unattached", diskSizeGB: 64, timeCreated: "2025-01-01T00:00:00Z" },
    });
    by.cost(disk, "Storage", "0.3");
    by.trap("unattached_disk", disk, "A volume of a cluster.");
  }

  const storage = () => {
    const host = by.vm(vmAt("archive-host"), "Standard_D4s_v4", "5", { usage: wellUsed(16) });
    by.waste("reserved_instance", reservation("uksouth-dsv4-series"), (5 / 24 - 0.234 * 0.62) * 730);
    const disk = (name: string, operations: number, properties = {}) => {
      const id = by.add(at("Microsoft.Compute/disks", name), {
        sku: { name: "Premium_LRS" },
        managedBy: host,
        properties: { diskState: "Attached", diskSizeGB: 1024, tier: "P30", ...properties },
        activity: ["Read", "Write"].flatMap((way) => [
          { metric: `Composite Disk ${way} Operations/sec`, day: operations, night: operations / 2 },
          { metric: `Composite Disk ${way} Bytes/sec`, day: operations * 8192, night: operations * 4096 },
        ]),
      });
      by.cost(id, "Storage", "4.4");
      return id;
    };
    by.waste("storage_tier", disk("archive-1", 20), monthOf(4.4) * (1 - 76.8 / 135.17));
    by.waste(
      "storage_tier",
      disk("archive-untold", 20, { tier: undefined }),
      monthOf(4.4) * (1 - 76.8 / 135.17),
    );
    by.trap("storage_tier", disk("hot-1", 900), "It is used.");
    by.trap("storage_tier", disk("system-1", 20, { osType: "Linux" }), "A system disk.");

    const account = (name: string, reads: number, noneSince?: string) => {
      const id = by.add(at("Microsoft.Storage/storageAccounts", name), {
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        properties: { accessTier: "Hot" },
        activity: [
          {
            metric: "UsedCapacity",
            day: 20_000 * gib,
            night: 20_000 * gib,
            peak: 20_000 * gib,
            growthPercent: 1e-6,
          },
          { metric: "Transactions", day: 1000, night: 1000, growthPercent: 1e-6 },
          { metric: "Transactions/GetBlob", day: reads, night: reads, ...(noneSince ? { noneSince } : {}) },
        ],
      });
      by.cost(id, "Storage", "12.9");
      return id;
    };
    // 20,000 GiB, 730,000 writes a month: hot 392 + 3.942, cool 200 + 7.3, cold 72 + 13.14.
    by.waste("storage_tier", account("stmeters", 400, "2025-12-20"), monthOf(12.9) * (1 - 207.3 / 395.942));
    by.waste("storage_tier", account("stlegacy", 0), monthOf(12.9) * (1 - 85.14 / 395.942));
    by.trap("storage_tier", account("stportal", 400), "It is read.");
  };

  const databases = () => {
    by.add(at("Microsoft.Sql/servers", "sql-grid"), { properties: { version: "12.0" } });
    const database = (
      name: string,
      objective: string,
      daily: string,
      activity: NonNullable<EstateByHand["tenant"]["resources"][number]["activity"]>,
      properties: Record<string, unknown> = {},
    ) => {
      const isDtu = !objective.includes("_");
      const id = by.add(at("Microsoft.Sql/servers/databases", `sql-grid/${name}`), {
        sku: isDtu
          ? { name: "Standard", tier: "Standard" }
          : { name: "GP_Gen5", tier: "GeneralPurpose", capacity: 8 },
        properties: { status: "Online", currentServiceObjectiveName: objective, ...properties },
        activity: [...activity, { metric: "storage", day: 30 * gib, night: 30 * gib, peak: 30 * gib }],
      });
      by.cost(id, "SQL Database", daily);
      return id;
    };
    const dtu = (day: number, more = {}) => [
      { metric: "dtu_consumption_percent", day, night: day, ...more },
      { metric: "cpu_percent", day, night: day, ...more },
    ];
    // At 12 % (18 at most) of 100 DTUs, 50 carry it at 36 %; 20 would be at 90 %.
    by.waste(
      "database_rightsizing",
      database("tariffs", "S3", "4.5", dtu(12)),
      monthOf(4.5) * (1 - 2.4194 / 4.8387),
    );
    by.trap(
      "database_rightsizing",
      database(
        "settle",
        "S3",
        "4.5",
        dtu(12, { scheduled: [{ lastDaysOfMonth: 2, from: 0, to: 24, value: 95 }] }),
      ),
      "The month's end needs all of it.",
    );
    const sleepy = database("planning", "GP_Gen5_8", "46", [
      { metric: "cpu_percent", day: 50, night: 0, growthPercent: 1e-6 },
      { metric: "sessions_percent", day: 4, night: 0 },
    ]);
    // 55 hours of 4 vCores, five waits of an hour at 1 vCore; today 8 vCores all week.
    const remaining = ((55 * 4 + 5) * 0.5218) / (168 * 8 * (0.1442 + 0.0999));
    by.waste("serverless_candidate", sleepy, monthOf(46) * (1 - remaining));
    by.trap(
      "serverless_candidate",
      database(
        "planning-copy",
        "GP_Gen5_8",
        "46",
        [
          { metric: "cpu_percent", day: 50, night: 0 },
          { metric: "sessions_percent", day: 4, night: 0 },
        ],
        { failoverGroupId: `/subscriptions/${main}/fog` },
      ),
      "Replicated: it cannot pause.",
    );
  };
  const reservedE2 = 2 * 0.0755 * 0.62;

  machines();
  storage();
  databases();
  return by.done();
}
