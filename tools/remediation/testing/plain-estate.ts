import { Tenant, type TenantInput } from "../../clouds/sandbox/tenant/tenant-schema.ts";

const subscriptionId = "33333333-2222-4333-8444-555555555555";
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-dev`;
const kinds = {
  machine: "Microsoft.Compute/virtualMachines",
  windows: "Microsoft.Compute/virtualMachines",
  disk: "Microsoft.Compute/disks",
  address: "Microsoft.Network/publicIPAddresses",
  database: "Microsoft.Sql/servers/databases",
  card: "Microsoft.Network/networkInterfaces",
  balancer: "Microsoft.Network/loadBalancers",
  plan: "Microsoft.Web/serverfarms",
  snapshot: "Microsoft.Compute/snapshots",
  account: "Microsoft.Storage/storageAccounts",
} as const;
export type Kind = keyof typeof kinds;
/** What stands between a group and a resource's name. */
export const pathOf = (kind: Kind): string => kinds[kind].replace("servers/", "servers/sql-1/");

/** So many of each kind, idle or free, all alike: one for each case of a test. */
export function plainEstate(counts: Record<Kind, number>): Tenant {
  const written: TenantInput = {
    version: 1,
    name: "Contoso",
    tenantId: "99999999-2222-4333-8444-555555555555",
    seed: "plain",
    days: 31,
    subscriptions: [{ id: subscriptionId, name: "Contoso" }],
    resources: Object.entries(counts).flatMap(([kind, count]) =>
      Array.from({ length: count }, (_, index) => planters[kind as Kind](index + 1)),
    ),
    charges: [],
  };
  return Tenant.parse(written);
}

export const idOf = (kind: Kind, number: number): string =>
  `${group}/providers/${pathOf(kind)}/${kind}-${number}`.toLowerCase();

function planted(
  kind: Kind,
  number: number,
  more: Partial<TenantInput["resources"][number]>,
): TenantInput["resources"][number] {
  const name = `${kind}-${number}`;
  return {
    id: `${group}/providers/${pathOf(kind)}/${name}`,
    name,
    type: kinds[kind],
    location: "westeurope",
    tags: { Owner: "admin@contoso.example" },
    ...more,
    properties: { provisioningState: "Succeeded", ...more.properties },
  };
}

const machine = (number: number) => ofSystem("machine", number, "Linux");
const windows = (number: number) => ofSystem("windows", number, "Windows");

const ofSystem = (kind: "machine" | "windows", number: number, osType: string) =>
  planted(kind, number, {
    properties: {
      vmId: `vm-id-${number}`,
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: { osDisk: { osType }, dataDisks: [] },
      networkProfile: { networkInterfaces: [] },
    },
    power: { state: "running" },
    // Only what is measured costs a scan its time: what is changed for its licence alone is not.
    ...(kind === "windows"
      ? {}
      : {
          usage: {
            cpuNightPercent: 1,
            cpuDayPercent: 1.5,
            memoryBytes: 8 * 1024 ** 3,
            memoryUsedShare: 0.3,
            networkInBytesPerHour: 1e6,
            networkOutBytesPerHour: 1e6,
          },
        }),
  });

const disk = (number: number) =>
  planted("disk", number, {
    sku: { name: "Premium_LRS", tier: "Premium" },
    properties: {
      diskSizeGB: 128,
      tier: "P10",
      diskState: "Unattached",
      uniqueId: `unique-${number}`,
      timeCreated: "2026-03-11T09:24:17Z",
    },
  });

const address = (number: number) =>
  planted("address", number, {
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      idleTimeoutInMinutes: 4,
      ipAddress: `203.0.113.${number}`,
      resourceGuid: `guid-${number}`,
    },
  });

const database = (number: number) =>
  planted("database", number, {
    sku: { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 4 },
    properties: {
      status: "Online",
      databaseId: `database-id-${number}`,
      currentServiceObjectiveName: "GP_Gen5_4",
      maxSizeBytes: 250 * 1024 ** 3,
      licenseType: "LicenseIncluded",
    },
  });

const card = (number: number) =>
  planted("card", number, {
    properties: {
      enableIPForwarding: true,
      ipConfigurations: [{ name: "ipconfig1", properties: { privateIPAllocationMethod: "Dynamic" } }],
    },
  });

const balancer = (number: number) =>
  planted("balancer", number, {
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      frontendIPConfigurations: [{ name: "front", properties: { privateIPAllocationMethod: "Dynamic" } }],
      backendAddressPools: [{ name: "back", properties: {} }],
      loadBalancingRules: [],
      probes: [{ name: "alive", properties: { protocol: "Tcp", port: 443 } }],
    },
  });

const plan = (number: number) =>
  planted("plan", number, {
    kind: "linux",
    sku: { name: "P1v3", tier: "PremiumV3", capacity: 2 },
    properties: { reserved: true, zoneRedundant: false, numberOfSites: 0, status: "Ready" },
  });

const snapshot = (number: number) =>
  planted("snapshot", number, {
    sku: { name: "Standard_LRS", tier: "Standard" },
    properties: {
      diskSizeGB: 128,
      uniqueId: `snapshot-${number}`,
      timeCreated: "2026-03-11T09:24:17Z",
      creationData: { createOption: "Copy", sourceResourceId: idOf("disk", number) },
    },
  });

const account = (number: number) =>
  planted("account", number, {
    kind: "StorageV2",
    sku: { name: "Standard_LRS", tier: "Standard" },
    properties: { accessTier: "Hot", creationTime: `2026-03-11T09:24:${10 + (number % 50)}Z` },
  });

const planters: Record<Kind, (number: number) => TenantInput["resources"][number]> = {
  ...{ machine, windows, disk, address, database, card, balancer, plan, snapshot, account },
};
