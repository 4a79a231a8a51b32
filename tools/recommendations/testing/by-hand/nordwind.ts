import { type At, type EstateByHand, estateByHand, idle, monthOf, wellUsed } from "./estate-by-hand.ts";
import { addPlatform } from "./nordwind-platform.ts";

const main = "3C5F0A11-0000-4000-8000-00000000AAAA";
const lab = "3c5f0a11-0000-4000-8000-00000000bbbb";
const now = "2026-06-10T09:00:00Z";

/** A retailer that pays in euros; its resources are spelled as people spell them. */
export function nordwind(): EstateByHand {
  const by = estateByHand({
    name: "nordwind",
    now,
    days: 60,
    currency: "EUR",
    location: "West Europe",
    subscriptions: [
      { id: main, name: "Nordwind" },
      { id: lab, name: "Nordwind Lab" },
    ],
  });
  const vmAt = (name: string, group = "RG-Shop", subscription = main): At => [
    subscription,
    group,
    "Microsoft.Compute/virtualMachines",
    name,
  ];

  // Idle machines, and ones that only look so.
  const crm = by.vm(vmAt("CRM-Legacy"), "Standard_D4s_v5", "4", { usage: idle(16) });
  by.cost(crm, "Bandwidth", "0.05");
  by.cost(crm, "Virtual Machines", "-31", {
    chargeType: "Refund",
    shownIn: "both",
    amount: { kind: "monthly", dayOfMonth: 2, amount: "-31" },
  });
  by.waste("idle_vm", crm, monthOf(4));
  const partly = by.vm(vmAt("erp-archive"), "Standard_D8s_v5", "3.2", { usage: idle(32) });
  by.cost(partly, "Virtual Machines", "1.9", {
    pricingModel: "Reservation",
    benefitName: "D-Series 2026",
    shownIn: "amortized",
    stopsWithVm: true,
  });
  by.waste("idle_vm", partly, monthOf(3.2));
  const standBy = by.vm(vmAt("shop-b", "RG-Shop"), "Standard_D4s_v5", "4", {
    usage: idle(16),
    tags: { "dr-role": "secondary" },
  });
  by.trap("idle_vm", standBy, "Stand-by for a disaster.");
  const recovered = by.vm(vmAt("shop-c", "RG-Shop-asr"), "Standard_D4s_v5", "4", { usage: idle(16) });
  by.trap("idle_vm", recovered, "In the group that Site Recovery makes.");
  const mute = by.vm(vmAt("fax"), "Standard_D4s_v5", "4", { usage: { ...idle(16), missing: true } });
  by.trap("idle_vm", mute, "Nothing is measured.");
  by.trap("vm_rightsizing", mute, "Nothing is measured.");
  const started = by.vm(vmAt("till-17"), "Standard_D4s_v5", "4", {
    usage: { ...idle(16) },
    power: { offPeriods: [{ from: "2026-01-01", to: "2026-06-07" }] },
    properties: { timeCreated: "2026-06-07T00:00:00Z" },
    charge: { from: "2026-06-07" },
  });
  by.trap("idle_vm", started, "Made three days ago.");

  const stopped = by.vm(vmAt("reports-old"), "Standard_E4s_v5", "5", {
    usage: idle(32),
    power: { state: "stopped", since: "2026-05-20" },
  });
  by.waste("stopped_not_deallocated_vm", stopped, monthOf(5));
  const off = by.vm(vmAt("reports-older"), "Standard_E4s_v5", "5", {
    usage: idle(32),
    power: { state: "deallocated", since: "2026-05-01" },
  });
  by.trap("stopped_not_deallocated_vm", off, "Deallocated: it costs nothing.");

  // Too large, and not.
  const tooLarge = { ...wellUsed(32), cpuNightPercent: 5, cpuDayPercent: 7, memoryUsedShare: 0.2 };
  const young = by.vm(vmAt("pricing"), "Standard_D8s_v5", "8", {
    usage: tooLarge,
    tags: { Environment: "Prd" },
    power: { offPeriods: [{ from: "2026-01-01", to: "2026-05-31" }] },
    properties: { timeCreated: "2026-05-31T00:00:00Z" },
    charge: { from: "2026-05-31" },
  });
  by.waste("vm_rightsizing", young, monthOf(8) / 2);
  const memory = by.vm(vmAt("cache"), "Standard_D8s_v5", "8", {
    usage: { ...tooLarge, memoryUsedShare: 0.9 },
  });
  by.trap("vm_rightsizing", memory, "Its memory is full.");
  const guess = by.vm(vmAt("planning"), "Standard_D8s_v5", "8", {
    usage: { ...tooLarge, cpuDayPercent: 13, cpuNightPercent: 12, memoryMissing: true },
  });
  by.waste("underutilized_vm", guess, monthOf(8) / 2);

  // Nights and weekends.
  const desk = {
    ...wellUsed(16),
    cpuNightPercent: 1,
    networkInBytesPerHour: 2e7,
    networkOutBytesPerHour: 2e7,
  };
  const bench = by.vm(vmAt("build-bench", "RG-Lab", lab), "Standard_D4s_v4", "6", {
    usage: desk,
    tags: { env: "Dev" },
  });
  by.waste("auto_shutdown", bench, monthOf(6) * (1 - 55 / 168));
  for (const [name, tags] of [
    ["desk-2", { Environment: "Prd" }],
    ["desk-3", { env: "production-eu" }],
    ["desk-4", { "environment-name": "prod01" }],
  ] as const) {
    const id = by.vm(vmAt(name), "Standard_D4s_v4", "6", { usage: desk, tags });
    by.trap("auto_shutdown", id, "Production.");
  }
  const turns = by.vm(vmAt("test-turns", "RG-Lab", lab), "Standard_D4s_v4", "6", {
    usage: { ...desk, alternatesWeekly: true },
  });
  by.trap("auto_shutdown", turns, "Its hours differ from week to week.");

  // Spot.
  const ci = by.vm(vmAt("agent-ci01", "RG-Lab", lab), "Standard_D4as_v4", "5", { usage: wellUsed(16) });
  by.waste("spot_instance", ci, monthOf(5) * 0.8);
  const batch = by.vm(vmAt("night-run", "RG-Lab", lab), "Standard_D4as_v4", "5", {
    usage: wellUsed(16),
    tags: { "Workload-Type": "Batch", Environment: "Test" },
  });
  by.waste("spot_instance", batch, monthOf(5) * 0.8);
  const state = by.vm(vmAt("batch-state", "RG-Lab", lab), "Standard_D4as_v4", "5", {
    usage: wellUsed(16),
    tags: { role: "batch", stateful: "yes" },
  });
  by.trap("spot_instance", state, "It keeps state.");

  // Windows.
  const paid = by.vm(vmAt("files"), "Standard_D4s_v3", "4.5", {
    usage: wellUsed(16),
    properties: {
      storageProfile: { osDisk: { osType: "windows" }, dataDisks: [] },
      osProfile: { windowsConfiguration: {} },
    },
  });
  by.cost(paid, "Virtual Machines Licenses", "4", { stopsWithVm: true });
  by.waste("hybrid_benefit", paid, monthOf(4));
  const owned = by.vm(vmAt("mail"), "Standard_D4s_v3", "4.5", {
    usage: wellUsed(16),
    properties: {
      licenseType: "windows_server",
      storageProfile: { osDisk: { osType: "Windows" }, dataDisks: [] },
    },
  });
  by.trap("hybrid_benefit", owned, "The benefit is on.");

  // What runs on demand throughout, after what is to shrink has shrunk: 62 % of the list price for a year.
  const reserve = (subscription: string, group: string, dailyTogether: number, reservedHourly: number) =>
    by.waste(
      "reserved_instance",
      `/subscriptions/${subscription}/providers/Microsoft.Capacity/reservations/westeurope-${group}`,
      (dailyTogether / 24 - reservedHourly) * 730,
    );
  reserve(main, "dsv3-series", 9, 2 * 0.24 * 0.62);
  reserve(main, "dsv4-series", 18, 3 * 0.234 * 0.62);
  // Both stand-bys, the fax, the cache and planning; neither what is younger nor what is idle.
  reserve(main, "dsv5-series", 4 * 3 + 8 * 2, 7 * 0.23 * 0.62);
  reserve(lab, "dsv4-series", 6, 0.234 * 0.62);
  reserve(lab, "dasv4-series", 5, 4 * 0.0555 * 0.62);

  disks();
  network();
  addPlatform(by, main);
  return by.done();

  function disks(): void {
    const diskAt = (name: string, group = "rg-SHOP"): At => [main, group, "microsoft.compute/DISKS", name];
    const free = (
      name: string,
      properties: Record<string, unknown> = {},
      more: { tags?: Record<string, string>; group?: string } = {},
    ) => {
      const id = by.add(diskAt(name, more.group), {
        sku: { name: "StandardSSD_LRS" },
        ...(more.tags ? { tags: more.tags } : {}),
        properties: {
          diskSizeGB: 128,
          diskState: "Unattached",
          timeCreated: "2025-02-01T00:00:00Z",
          ...properties,
        },
      });
      by.cost(id, "Storage", "0.5");
      return id;
    };
    by.waste("unattached_disk", free("OLD-Data_01"), monthOf(0.5));
    by.waste(
      "unattached_disk",
      free("old-data-02", { lastOwnershipUpdateTime: "2026-05-30T11:00:00Z" }, { tags: { Owner: "" } }),
      monthOf(0.5),
    );
    by.trap(
      "unattached_disk",
      free("fresh", { lastOwnershipUpdateTime: "2026-06-07T11:00:00Z" }),
      "Since 3 days.",
    );
    by.trap("unattached_disk", free("upload", { diskState: "ActiveSAS" }), "Somebody reads it.");
    by.trap("unattached_disk", free("pvc-4f0c"), "A Kubernetes volume.");
    by.trap(
      "unattached_disk",
      free("data-0", {}, { group: "MC_rg-shop_aks-shop_westeurope" }),
      "Of a cluster.",
    );
    by.trap("unattached_disk", free("keep", {}, { tags: { retention: "7y" } }), "Retained.");
    by.trap("unattached_disk", free("shop-c-ASRReplica"), "Of Site Recovery.");
    const reserved = by.add(diskAt("reports-older-os"), {
      sku: { name: "Premium_LRS" },
      managedBy: off.toUpperCase(),
      properties: { diskSizeGB: 128, diskState: "Reserved", osType: "Linux", tier: "P10" },
    });
    by.cost(reserved, "Storage", "0.6");
    by.trap("unattached_disk", reserved, "Its machine is deallocated.");

    const snapshot = (name: string, created: string, source: string, tags: Record<string, string> = {}) => {
      const id = by.add([main, "rg-shop", "Microsoft.Compute/snapshots", name], {
        tags,
        sku: { name: "Standard_LRS" },
        properties: {
          diskSizeGB: 128,
          timeCreated: `${created}T02:00:00Z`,
          creationData: { createOption: "Copy", sourceResourceId: source },
        },
      });
      by.cost(id, "Storage", "0.2", { from: created });
      return id;
    };
    const diskId = reserved.replace("/rg-SHOP/", "/RG-shop/");
    by.waste("snapshot_cleanup", snapshot("os-january", "2026-01-04", diskId), monthOf(0.2));
    by.trap("snapshot_cleanup", snapshot("os-may", "2026-05-02", diskId), "The newest of its disk.");
    const goneId = diskId.replace("reports-older-os", "gone");
    by.waste("snapshot_cleanup", snapshot("gone-last", "2025-12-20", goneId), monthOf(0.2));
    by.trap("snapshot_cleanup", snapshot("hold", "2025-10-01", diskId, { "legal-hold": "case 12" }), "Kept.");
    const golden = snapshot("golden-2025", "2025-09-01", diskId);
    by.trap("snapshot_cleanup", golden, "An image is made of it.");
    by.add([main, "rg-shop", "Microsoft.Compute/images", "golden"], {
      properties: { storageProfile: { osDisk: { osType: "Linux", snapshot: { id: golden } } } },
    });
  }

  function network(): void {
    const at = (type: string, name: string): At => [main, "rg-net", `Microsoft.Network/${type}`, name];
    const address = (name: string, properties: Record<string, unknown> = {}, sku = "Standard") => {
      const id = by.add(at("publicIPAddresses", name), {
        sku: { name: sku },
        properties: { publicIPAllocationMethod: "Static", ipAddress: "203.0.113.7", ...properties },
      });
      by.cost(id, "Virtual Network", "0.11");
      return id;
    };
    by.waste("unused_public_ip", address("pip-forgotten"), monthOf(0.11));
    by.trap("unused_public_ip", address("pip-basic", {}, "Basic"), "Basic is retired.");
    const behind = (type: string, name: string, properties: (pip: string) => Record<string, unknown>) => {
      const pip = address(`pip-${name}`);
      by.add(at(type, name), { properties: properties(pip) });
      by.trap("unused_public_ip", pip, `Of ${name}.`);
    };
    const configured = (pip: string) => ({
      ipConfigurations: [{ name: "default", properties: { publicIPAddress: { id: pip } } }],
    });
    // Only the other end says that these are used.
    behind("natGateways", "nat", (pip) => ({ publicIpAddresses: [{ id: pip.toUpperCase() }] }));
    behind("virtualNetworkGateways", "vpn", configured);
    behind("bastionHosts", "bastion", configured);
    const firewalled = address("pip-firewall", {
      ipConfiguration: { id: `${main}/azureFirewalls/fw/azureFirewallIpConfigurations/one` },
    });
    by.trap("unused_public_ip", firewalled, "A firewall's.");

    const orphan = by.add(at("networkInterfaces", "nic-left"), {
      properties: { ipConfigurations: [{ name: "one", properties: { publicIPAddress: { id: "" } } }] },
    });
    by.waste("orphaned_nic", orphan, 0);
    by.waste(
      "unused_public_ip",
      address("pip-left", { ipConfiguration: { id: `${orphan}/ipConfigurations/one` } }),
      monthOf(0.11),
    );
    const endpoint = by.add(at("networkInterfaces", "pe-files.nic"), {
      properties: { privateEndpoint: { id: `${orphan}-pe` } },
    });
    by.trap("orphaned_nic", endpoint, "Of a private endpoint.");

    const balancer = (name: string, properties: Record<string, unknown>, more: object = {}) => {
      const id = by.add(at("loadBalancers", name), { sku: { name: "Standard" }, properties, ...more });
      by.cost(id, "Load Balancer", "0.6");
      return id;
    };
    const quiet = ["SYNCount", "ByteCount"].map((metric) => ({ metric, day: 0, night: 0 }));
    by.waste(
      "idle_load_balancer",
      balancer("lb-outbound", {
        backendAddressPools: [{ name: "empty", properties: {} }],
        outboundRules: [{ name: "out", properties: {} }],
      }),
      monthOf(0.6),
    );
    const member = { id: `${endpoint}/ipConfigurations/one` };
    const pool = { name: "pool", properties: { backendIPConfigurations: [member] } };
    by.waste(
      "idle_load_balancer",
      balancer("lb-silent", { backendAddressPools: [pool] }, { activity: quiet }),
      monthOf(0.6),
    );
    by.trap(
      "idle_load_balancer",
      balancer("lb-nat", {
        backendAddressPools: [],
        inboundNatRules: [{ name: "ssh", properties: { backendIPConfiguration: member } }],
      }),
      "It forwards ports.",
    );
    by.trap(
      "idle_load_balancer",
      balancer(
        "lb-nat-pool",
        {
          backendAddressPools: [pool],
          inboundNatRules: [
            { name: "rdp", properties: { backendAddressPool: { id: "pool" }, frontendPortRangeStart: 500 } },
          ],
        },
        { activity: quiet },
      ),
      "It forwards ports to a pool.",
    );
    by.trap(
      "idle_load_balancer",
      balancer(
        "lb-by-address",
        {
          backendAddressPools: [
            {
              name: "a",
              properties: {
                loadBalancerBackendAddresses: [{ name: "a", properties: { ipAddress: "10.0.0.9" } }],
              },
            },
          ],
        },
        { activity: quiet.map((one) => ({ ...one, day: 500, night: 20 })) },
      ),
      "It is used.",
    );
  }
}
