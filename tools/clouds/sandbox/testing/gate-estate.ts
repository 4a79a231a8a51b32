import { Tenant, type TenantInput } from "../tenant/tenant-schema.ts";

const subscriptionId = "11111111-2222-4333-8444-555555555555";
const group = (name: string) => `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
const id = (type: string, name: string, inGroup = "rg-dev") => `${group(inGroup)}/providers/${type}/${name}`;

/** Ids of the estate below, by what each one is for. */
export const gateIds = {
  subscriptionId,
  vmWithStaticAddress: id("Microsoft.Compute/virtualMachines", "vm-static"),
  vmWithDynamicAddress: id("Microsoft.Compute/virtualMachines", "vm-dynamic"),
  vmWithEphemeralDisk: id("Microsoft.Compute/virtualMachines", "vm-ephemeral"),
  attachedDisk: id("Microsoft.Compute/disks", "disk-vm-static-os"),
  freeDisk: id("Microsoft.Compute/disks", "disk-free"),
  lockedDisk: id("Microsoft.Compute/disks", "disk-locked"),
  frozenDisk: id("Microsoft.Compute/disks", "disk-frozen", "rg-frozen"),
  deniedDisk: id("Microsoft.Compute/disks", "disk-denied", "rg-denied"),
  staticAddress: id("Microsoft.Network/publicIPAddresses", "pip-static"),
  dynamicAddress: id("Microsoft.Network/publicIPAddresses", "pip-dynamic"),
  freeAddress: id("Microsoft.Network/publicIPAddresses", "pip-free"),
  storageAccount: id("Microsoft.Storage/storageAccounts", "stdev"),
};

const tags = { Owner: "admin@contoso.example", Environment: "Development" };

function resource(
  resourceId: string,
  properties: Record<string, unknown>,
  more: Partial<TenantInput["resources"][number]> = {},
): TenantInput["resources"][number] {
  const [provider, type, name] = resourceId.split("/").slice(-3);
  return {
    id: resourceId,
    name: name!,
    type: `${provider}/${type}`,
    location: "westeurope",
    tags,
    properties: { provisioningState: "Succeeded", ...properties },
    ...more,
  };
}

function virtualMachine(resourceId: string, address: string | null, osDisk: Record<string, unknown>) {
  const name = resourceId.split("/").at(-1)!;
  const card = id("Microsoft.Network/networkInterfaces", `nic-${name}`);
  return [
    resource(card, {
      virtualMachine: { id: resourceId },
      ipConfigurations: [
        { name: "ipconfig1", properties: address ? { publicIPAddress: { id: address } } : {} },
      ],
    }),
    resource(
      resourceId,
      {
        vmId: `vm-id-of-${name}`,
        hardwareProfile: { vmSize: "Standard_D2s_v5" },
        storageProfile: { osDisk, dataDisks: [] },
        networkProfile: { networkInterfaces: [{ id: card }] },
      },
      {
        power: { state: "running" },
        usage: {
          cpuNightPercent: 1,
          cpuDayPercent: 1.5,
          memoryBytes: 8 * 1024 ** 3,
          memoryUsedShare: 0.3,
          networkInBytesPerHour: 1e6,
          networkOutBytesPerHour: 1e6,
        },
      },
    ),
  ];
}

function disk(resourceId: string, more: Partial<TenantInput["resources"][number]> = {}) {
  const properties = {
    diskSizeGB: 128,
    tier: "P10",
    diskState: more.managedBy ? "Attached" : "Unattached",
    uniqueId: `unique-id-of-${resourceId.split("/").at(-1)}`,
    timeCreated: "2026-03-11T09:24:17.0000000+00:00",
  };
  return resource(resourceId, properties, { sku: { name: "Premium_LRS", tier: "Premium" }, ...more });
}

function address(resourceId: string, method: "Static" | "Dynamic", used: string | null, ipAddress: string) {
  return resource(
    resourceId,
    {
      publicIPAllocationMethod: method,
      publicIPAddressVersion: "IPv4",
      idleTimeoutInMinutes: 4,
      ipAddress,
      ...(used ? { ipConfiguration: { id: used } } : {}),
    },
    { sku: { name: method === "Static" ? "Standard" : "Basic", tier: "Regional" } },
  );
}

const daily = (resourceId: string, service: string, amount: string, stopsWithVm = false) => ({
  id: `${resourceId}#${service}`,
  subscriptionId,
  resourceId,
  service,
  stopsWithVm,
  amount: { kind: "fixed" as const, daily: amount },
});
const configurationOf = (vm: string) =>
  `${id("Microsoft.Network/networkInterfaces", `nic-${vm}`)}/ipConfigurations/ipconfig1`;

/** A small tenant with every case that a change of the cloud can meet: locks, denials, ephemeral disks, lost addresses. */
export function gateEstate(): Tenant {
  const written: TenantInput = {
    version: 1,
    name: "Contoso",
    tenantId: "99999999-2222-4333-8444-555555555555",
    seed: "gate",
    days: 60,
    subscriptions: [{ id: subscriptionId, name: "Contoso Development" }],
    resources: [
      ...virtualMachine(gateIds.vmWithStaticAddress, gateIds.staticAddress, {
        osType: "Linux",
        managedDisk: { id: gateIds.attachedDisk },
      }),
      ...virtualMachine(gateIds.vmWithDynamicAddress, gateIds.dynamicAddress, { osType: "Linux" }),
      ...virtualMachine(gateIds.vmWithEphemeralDisk, null, {
        osType: "Linux",
        diffDiskSettings: { option: "Local" },
      }),
      disk(gateIds.attachedDisk, { managedBy: gateIds.vmWithStaticAddress }),
      disk(gateIds.freeDisk),
      disk(gateIds.lockedDisk),
      disk(gateIds.frozenDisk),
      disk(gateIds.deniedDisk),
      address(gateIds.staticAddress, "Static", configurationOf("vm-static"), "203.0.113.10"),
      address(gateIds.dynamicAddress, "Dynamic", configurationOf("vm-dynamic"), "203.0.113.11"),
      address(gateIds.freeAddress, "Static", null, "203.0.113.12"),
      resource(
        gateIds.storageAccount,
        { accessTier: "Hot" },
        { kind: "StorageV2", sku: { name: "Standard_LRS" } },
      ),
    ],
    charges: [
      daily(gateIds.vmWithStaticAddress, "Virtual Machines", "2.4", true),
      daily(gateIds.vmWithDynamicAddress, "Virtual Machines", "2.4", true),
      daily(gateIds.vmWithEphemeralDisk, "Virtual Machines", "2.4", true),
      daily(gateIds.freeDisk, "Storage", "0.72"),
      daily(gateIds.lockedDisk, "Storage", "0.72"),
      daily(gateIds.frozenDisk, "Storage", "0.72"),
      daily(gateIds.deniedDisk, "Storage", "0.72"),
      daily(gateIds.staticAddress, "Virtual Network", "0.12"),
      daily(gateIds.dynamicAddress, "Virtual Network", "0.096", true),
      daily(gateIds.freeAddress, "Virtual Network", "0.12"),
      daily(gateIds.storageAccount, "Storage", "1.2"),
    ],
    locks: [
      { scope: gateIds.lockedDisk, name: "keep", level: "CanNotDelete", notes: "Audited data." },
      { scope: group("rg-frozen"), name: "frozen", level: "ReadOnly" },
    ],
    denyAssignments: [
      { scope: group("rg-denied"), actions: ["Microsoft.Compute/*/delete", "Microsoft.Resources/tags/*"] },
    ],
  };
  return Tenant.parse(written);
}
