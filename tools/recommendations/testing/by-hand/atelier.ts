import { type At, type EstateByHand, estateByHand, idle, monthOf, wellUsed } from "./estate-by-hand.ts";

const gib = 1024 ** 3;
const studio = "aaaaaaaa-1111-4222-8333-444444444444";
const vault = "bbbbbbbb-1111-4222-8333-444444444444";

/** A studio whose resources have hardly a tag, on three subscriptions, with everything attached to something. */
export function atelier(): EstateByHand {
  const by = estateByHand({
    name: "atelier",
    now: "2026-09-16T04:20:00Z",
    days: 70,
    currency: "USD",
    location: "eastus2",
    subscriptions: [
      { id: studio, name: "Studio" },
      { id: vault, name: "Vault" },
      { id: "cccccccc-1111-4222-8333-444444444444", name: "Empty" },
    ],
  });
  const at = (type: string, name: string, group = "studio", subscription = studio): At => [
    subscription,
    group,
    type,
    name,
  ];
  const reserve = (slug: string, dailyTogether: number, reservedHourly: number) =>
    by.waste(
      "reserved_instance",
      `/subscriptions/${studio}/providers/microsoft.capacity/reservations/eastus2-${slug}`,
      (dailyTogether / 24 - reservedHourly) * 730,
    );

  machines();
  disks();
  network();
  platform();
  return by.done();

  /** A machine as the portal makes it: a card, a system disk, both named after it. */
  function whole(name: string, size: string, daily: string, more: Parameters<typeof by.vm>[3] = {}): string {
    const disk = by.add(at("Microsoft.Compute/disks", `${name}_OsDisk_1`), {
      sku: { name: "Premium_LRS" },
      managedBy: `/subscriptions/${studio}/resourceGroups/STUDIO/providers/Microsoft.Compute/virtualMachines/${name}`,
      properties: { diskState: "Attached", diskSizeGB: 128, osType: "Linux", hyperVGeneration: "V2" },
    });
    by.cost(disk, "Storage", "0.65");
    const card = by.add(at("Microsoft.Network/networkInterfaces", `${name}-nic`), {
      properties: { ipConfigurations: [{ name: "ipconfig1", properties: { primary: true } }] },
    });
    return by.vm(at("Microsoft.Compute/virtualMachines", name), size, daily, {
      ...more,
      properties: {
        timeCreated: "2025-03-01T00:00:00Z",
        storageProfile: { osDisk: { osType: "Linux", managedDisk: { id: disk } }, dataDisks: [] },
        networkProfile: { networkInterfaces: [{ id: card }] },
        ...more.properties,
      },
    });
  }

  function machines(): void {
    const since = whole("retired", "Standard_D4s_v5", "5.5", {
      usage: { ...wellUsed(16), idleSince: "2026-09-05" },
    });
    by.waste("idle_vm", since, monthOf(5.5));
    const justNow = whole("paused", "Standard_D4s_v5", "5.5", {
      usage: { ...wellUsed(16), idleSince: "2026-09-12" },
    });
    by.trap("idle_vm", justNow, "It has rested for four days only.");
    const talker = whole("relay", "Standard_D4s_v5", "5.5", {
      usage: { ...idle(16), networkOutBytesPerHour: 9e9, networkInBytesPerHour: 9e9 },
    });
    by.trap("idle_vm", talker, "It sends all day.");
    by.waste("vm_rightsizing", talker, monthOf(5.5) / 2);
    const ephemeral = whole("kiosk", "Standard_D2s_v5", "2.7", {
      usage: idle(8),
      power: { state: "stopped" },
      properties: { storageProfile: { osDisk: { osType: "Linux", diffDiskSettings: { option: "Local" } } } },
    });
    by.trap("stopped_not_deallocated_vm", ephemeral, "It cannot be deallocated.");
    // 5 of 7 days a week: 71 % of the hours, more than the 62 % that a reservation costs.
    const weekends = whole("colour", "Standard_D8s_v4", "11", {
      usage: wellUsed(32),
      power: {
        offPeriods: ["08-15", "08-22", "08-29", "09-05", "09-12"].map((day) => ({
          from: `2026-${day}`,
          to: new Date(Date.parse(`2026-${day}`) + 2 * 86_400_000).toISOString().slice(0, 10),
        })),
      },
    });
    by.trap("idle_vm", weekends, "It is off at weekends.");
    const night = whole("mixdown-test", "Standard_D4s_v3", "5.6", {
      usage: {
        ...wellUsed(16),
        cpuNightPercent: 45,
        cpuDayPercent: 2,
        networkInBytesPerHour: 1e4,
        networkOutBytesPerHour: 1e4,
      },
    });
    by.trap("auto_shutdown", night, "It works at night.");
    const scheduled = whole("dev3", "Standard_D4s_v3", "5.6", {
      usage: wellUsed(16),
      power: { officeHours: { from: 7, to: 18 } },
    });
    by.trap("auto_shutdown", scheduled, "It is switched off already.");
    const windows = whole("quotes", "Standard_D2s_v3", "2.8", {
      usage: wellUsed(8),
      power: { state: "deallocated", since: "2026-08-01" },
      properties: { storageProfile: { osDisk: { osType: "Windows" } } },
    });
    by.trap("hybrid_benefit", windows, "It does not run.");
    const farm = by.add(at("Microsoft.Compute/virtualMachineScaleSets", "previews-dev"), {
      sku: { name: "Standard_D4as_v4", capacity: 3 },
      properties: { virtualMachineProfile: { storageProfile: { osDisk: { osType: "Linux" } } } },
    });
    by.cost(farm, "Virtual Machines", "15.9");
    by.waste("spot_instance", farm, monthOf(15.9) * 0.8);

    // What rests since days, the relay as it is to become, and the kiosk, which is billed although it is shut down.
    reserve("dsv5-series", 5.5 + 5.5 / 2 + 2.7, 4 * 0.115 * 0.62);
    reserve("dsv3-series", 5.6, 0.24 * 0.62);
    // Of the 30 days from 17 August on it was off in four weekends.
    reserve("dsv4-series", (11 * 22) / 30, 8 * 0.0585 * 0.62);
  }

  function disks(): void {
    const disk = (name: string, properties: Record<string, unknown>, tags: Record<string, string> = {}) => {
      const id = by.add(at("Microsoft.Compute/disks", name), {
        sku: { name: "Standard_LRS" },
        tags,
        properties: {
          diskSizeGB: 512,
          diskState: "Unattached",
          timeCreated: "2024-01-01T00:00:00Z",
          ...properties,
        },
      });
      by.cost(id, "Storage", "0.7");
      return id;
    };
    // A schedule of backups that machines and disks carry alike keeps nothing.
    by.waste("unattached_disk", disk("scratch", {}, { backup: "daily" }), monthOf(0.7));
    by.waste("unattached_disk", disk("copied", {}, { "dr-role": "primary" }), monthOf(0.7));
    by.trap("unattached_disk", disk("hold", {}, { "Do-Not-Delete": "true" }), "Kept by a tag.");
    const young = disk("young", { timeCreated: "2026-09-05T00:00:00Z" });
    by.waste("unattached_disk", young, monthOf(0.7));
    const shared = by.add(at("Microsoft.Compute/disks", "cluster-quorum"), {
      sku: { name: "Premium_LRS" },
      properties: {
        diskSizeGB: 256,
        maxShares: 2,
        managedByExtended: [
          `/subscriptions/${studio}/resourceGroups/studio/providers/Microsoft.Compute/virtualMachines/relay`,
        ],
      },
    });
    by.cost(shared, "Storage", "1.2");
    by.trap("unattached_disk", shared, "Two machines share it.");

    const snapshot = (name: string, source: string, created: string) => {
      const id = by.add(at("Microsoft.Compute/snapshots", name, "copies", vault), {
        properties: {
          timeCreated: created,
          creationData: { createOption: "Copy", sourceResourceId: source },
        },
      });
      by.cost(id, "Storage", "0.33");
      return id;
    };
    by.trap(
      "snapshot_cleanup",
      snapshot("hold-2025", diskId("hold"), "2025-05-01T00:00:00Z"),
      "Its disk is there.",
    );
    by.waste(
      "snapshot_cleanup",
      snapshot("gone-2025", diskId("gone"), "2025-05-01T00:00:00Z"),
      monthOf(0.33),
    );
    by.waste(
      "snapshot_cleanup",
      snapshot("scratch-april", diskId("scratch"), "2026-04-01T00:00:00Z"),
      monthOf(0.33),
    );
    by.trap(
      "snapshot_cleanup",
      snapshot("scratch-august", diskId("scratch"), "2026-08-01T00:00:00Z"),
      "The newest.",
    );
  }

  function diskId(disk: string): string {
    return `/subscriptions/${studio}/resourceGroups/studio/providers/Microsoft.Compute/disks/${disk}`;
  }

  function network(): void {
    const address = (name: string, properties: Record<string, unknown> = {}) => {
      const id = by.add(at("Microsoft.Network/publicIPAddresses", name), {
        sku: { name: "Standard", tier: "Regional" },
        properties,
      });
      by.cost(id, "Virtual Network", "0.12");
      return id;
    };
    const held = address("relay-ip", {
      ipConfiguration: {
        id: `/subscriptions/${studio}/resourceGroups/studio/providers/Microsoft.Network/networkInterfaces/relay-nic/ipConfigurations/ipconfig1`,
      },
    });
    by.trap("unused_public_ip", held, "Its card is named by a machine.");
    by.trap("unused_public_ip", address("in-prefix", { publicIPPrefix: { id: "/prefix" } }), "Of a prefix.");
    const gateway = address("gateway-ip");
    by.add(at("Microsoft.Network/applicationGateways", "gateway"), {
      properties: {
        frontendIPConfigurations: [{ name: "f", properties: { publicIPAddress: { id: gateway } } }],
      },
    });
    by.trap("unused_public_ip", gateway, "Of an application gateway.");
    const balancer = (name: string, sku: string, group?: string) => {
      const id = by.add(at("Microsoft.Network/loadBalancers", name, group), {
        sku: { name: sku },
        properties: { frontendIPConfigurations: [], backendAddressPools: [], inboundNatRules: [] },
      });
      if (sku === "Standard") by.cost(id, "Load Balancer", "0.6");
      return id;
    };
    by.waste("idle_load_balancer", balancer("internal", "Standard"), monthOf(0.6));
    by.trap("idle_load_balancer", balancer("old", "Basic"), "Basic is retired and free.");
    by.trap("idle_load_balancer", balancer("kubernetes", "Standard", "MC_x_y_eastus2"), "Of a cluster.");
    const volume = by.add(at("Microsoft.Network/networkInterfaces", "anf-nic"), {
      properties: { hostedWorkloads: ["/netapp"] },
    });
    by.trap("orphaned_nic", volume, "A hosted service uses it.");
  }

  function platform(): void {
    const plan = (name: string, sku: { name: string; tier: string }, properties = {}) => {
      const id = by.add(at("Microsoft.Web/serverfarms", name), { sku: { ...sku, capacity: 1 }, properties });
      by.cost(id, "Azure App Service", "5");
      return id;
    };
    const logic = plan("logic", { name: "WS1", tier: "WorkflowStandard" }, { numberOfSites: 0 });
    by.waste("empty_app_service_plan", logic, monthOf(5));
    by.trap("empty_app_service_plan", plan("flex", { name: "FC1", tier: "FlexConsumption" }), "Paid by use.");

    const database = (name: string, objective: string, daily: string, load: number, properties = {}) => {
      const id = by.add(at("Microsoft.Sql/servers/databases", `sql-atelier/${name}`), {
        properties: { status: "Online", currentServiceObjectiveName: objective, ...properties },
        activity: [
          { metric: "cpu_percent", day: load, night: load },
          { metric: "dtu_consumption_percent", day: load, night: load },
          { metric: "sessions_percent", day: 3, night: 3 },
          { metric: "storage", day: 9 * gib, night: 9 * gib, peak: 9 * gib },
        ],
      });
      by.cost(id, "SQL Database", daily);
      return id;
    };
    // 12 % of 8 vCores, 22 at most: two would be at 86 %, four are at 43 %.
    const own = database("assets", "BC_Gen5_8", "50.17", 12, { licenseType: "BasePrice" });
    by.waste("database_rightsizing", own, monthOf(50.17) / 2);
    by.trap("database_rightsizing", database("auto", "GP_S_Gen5_8", "9", 5), "Serverless.");
    by.trap("database_rightsizing", database("asleep", "S3", "4.8", 5, { status: "Paused" }), "Paused.");
    by.trap("database_rightsizing", database("tiny", "Basic", "0.16", 5), "The smallest.");
    by.trap("serverless_candidate", own, "Its tier has no serverless form.");
  }
}
