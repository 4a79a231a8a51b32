import fc from "fast-check";
import { diskTiers } from "../../clouds/sandbox/generate/catalog.ts";
import { Tenant } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import {
  anyValue,
  oddCase,
  type Planted,
  planted,
  some,
  subscriptionId,
  tags,
  zones,
} from "./random-parts.ts";
import { account, balancer, card, plan } from "./random-platform.ts";

const diskKinds = [
  "Standard_LRS",
  "StandardSSD_LRS",
  "StandardSSD_ZRS",
  "Premium_LRS",
  "Premium_ZRS",
  "PremiumV2_LRS",
  "UltraSSD_LRS",
];
const encryptionSet = `/subscriptions/${subscriptionId}/resourceGroups/rg-keys/providers/Microsoft.Compute/diskEncryptionSets/des-1`;

/** As Azure names it after kind and size; Premium SSD v2 and Ultra have none. */
function tierOf(sku: string, sizeGb: number, isRaised: boolean): { tier?: string } {
  const kind = sku.replace(/_ZRS$/, "_LRS");
  const fitting = Object.entries(diskTiers).filter(([, of]) => of.sku === kind && of.sizeGb >= sizeGb);
  const [tier] = (isRaised && kind === "Premium_LRS" ? fitting.at(-1) : fitting[0]) ?? [];
  return tier ? { tier } : {};
}

const disk = fc
  .record({
    isRaised: fc.boolean(),
    sku: fc.constantFrom(...diskKinds).map((name) => ({ name, tier: name.split("_")[0]! })),
    zones,
    tags,
    diskSizeGB: fc.constantFrom(4, 32, 127, 128, 1000, 32_767),
    more: some({
      osType: fc.constantFrom("Linux", "Windows"),
      hyperVGeneration: fc.constantFrom("V1", "V2"),
      diskIOPSReadWrite: fc.integer({ min: 500, max: 80_000 }),
      diskMBpsReadWrite: fc.integer({ min: 60, max: 1200 }),
      encryption: fc.constantFrom(
        { type: "EncryptionAtRestWithPlatformKey" },
        { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: encryptionSet },
      ),
      networkAccessPolicy: fc.constantFrom("AllowAll", "DenyAll"),
      publicNetworkAccess: fc.constantFrom("Enabled", "Disabled"),
      maxShares: fc.integer({ min: 1, max: 5 }),
      burstingEnabled: fc.boolean(),
      securityProfile: fc.constant({ securityType: "TrustedLaunch" }),
      LastOwnershipUpdateTime: fc.constant("2026-05-01T08:00:00Z"),
    }),
  })
  .map(({ isRaised, sku, zones, tags, diskSizeGB, more }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Compute/disks", `Disk-${index}_Data.Old`, {
      sku,
      ...(zones ? { zones } : {}),
      tags,
      properties: {
        diskSizeGB,
        diskState: "Unattached",
        uniqueId: `unique-${index}`,
        timeCreated: "2026-03-11T09:24:17Z",
        ...tierOf(sku.name, diskSizeGB, isRaised),
        ...more,
      },
    }),
  ]);

/** A premium disk with a higher performance tier than its size has; every estate has one. */
const raisedDisk = fc
  .record({
    sku: fc.constantFrom("Premium_LRS", "Premium_ZRS"),
    diskSizeGB: fc.constantFrom(4, 127, 1000),
    tags,
  })
  .map(({ sku, diskSizeGB, tags }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Compute/disks", `Disk-${index}_Fast`, {
      sku: { name: sku, tier: "Premium" },
      tags,
      properties: {
        diskSizeGB,
        diskState: "Unattached",
        uniqueId: `unique-${index}`,
        timeCreated: "2026-03-11T09:24:17Z",
        ...tierOf(sku, diskSizeGB, true),
      },
    }),
  ]);

const address = fc
  .record({
    method: fc.constantFrom("Static", "Dynamic"),
    zones,
    tags,
    more: some({
      idleTimeoutInMinutes: fc.integer({ min: 4, max: 30 }),
      publicIPAddressVersion: fc.constantFrom("IPv4", "IPv6"),
      dnsSettings: fc.constant({
        domainNameLabel: "contoso-app",
        fqdn: "contoso-app.westeurope.cloudapp.azure.com",
      }),
      ddosSettings: fc.constant({ protectionMode: "VirtualNetworkInherited" }),
      ipTags: fc.constant([{ ipTagType: "RoutingPreference", tag: "Internet" }]),
      deleteOption: fc.constantFrom("Delete", "Detach"),
    }),
  })
  .map(({ method, zones, tags, more }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Network/publicIPAddresses", `PIP-${index}`, {
      sku: { name: method === "Static" ? "Standard" : "Basic", tier: "Regional" },
      ...(zones ? { zones } : {}),
      tags,
      properties: {
        publicIPAddressVersion: "IPv4",
        ...more,
        publicIPAllocationMethod: method,
        resourceGuid: `guid-${index}`,
        // One that nothing uses has an address only when it is its own for good.
        ...(method === "Static" ? { ipAddress: `203.0.113.${index}` } : {}),
      },
    }),
  ]);

const machine = fc
  .record({
    state: fc.constantFrom<"running" | "stopped">("running", "running", "stopped"),
    address: fc.constantFrom("none", "Static", "Dynamic"),
    ephemeral: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    tags,
    size: fc.constantFrom("Standard_D2s_v5", "Standard_B1s"),
    osType: fc.constantFrom("Linux", "Windows", "Windows"),
    more: some({
      licenseType: fc.constantFrom("Windows_Server", "Windows_Client"),
      priority: fc.constantFrom("Spot", "Regular"),
    }),
  })
  .map(({ state, address, ephemeral, tags, size, osType, more }) => (index: number): Planted[] => {
    const name = `VM-${index}`;
    const card = planted(index, "Microsoft.Network/networkInterfaces", `nic-${name}`, {});
    const used = { id: `${card.id}/ipConfigurations/ipconfig1` };
    const ip = planted(index, "Microsoft.Network/publicIPAddresses", `pip-${name}`, {
      sku: { name: address === "Static" ? "Standard" : "Basic", tier: "Regional" },
      properties: {
        publicIPAllocationMethod: address,
        ipAddress: `203.0.113.${index}`,
        ipConfiguration: used,
      },
    });
    const machineOf = planted(index, "Microsoft.Compute/virtualMachines", name, {
      tags,
      properties: {
        vmId: `vm-id-${index}`,
        hardwareProfile: { vmSize: size },
        storageProfile: {
          osDisk: { osType, ...(ephemeral ? { diffDiskSettings: { option: "Local" } } : {}) },
          dataDisks: [],
        },
        networkProfile: { networkInterfaces: [{ id: card.id }] },
        ...(osType === "Windows" ? more : {}),
      },
      power: { state },
      usage: {
        cpuNightPercent: 1,
        cpuDayPercent: 1.5,
        memoryBytes: 8 * 1024 ** 3,
        memoryUsedShare: 0.3,
        networkInBytesPerHour: 1e6,
        networkOutBytesPerHour: 1e6,
      },
    });
    card.properties = {
      virtualMachine: { id: machineOf.id },
      ipConfigurations: [
        { name: "ipconfig1", properties: address === "none" ? {} : { publicIPAddress: { id: ip.id } } },
      ],
    };
    return address === "none" ? [card, machineOf] : [card, ip, machineOf];
  });

const database = fc
  .record({
    sku: fc.constantFrom(
      { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 4 },
      { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 8 },
    ),
    pooled: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    licenseType: fc.constantFrom("LicenseIncluded", "BasePrice"),
    tags,
  })
  .map(({ sku, pooled, licenseType, tags }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Sql/servers/databases", `Db-${index}`, {
      sku,
      tags,
      properties: {
        status: "Online",
        databaseId: `database-id-${index}`,
        currentServiceObjectiveName: `GP_Gen5_${sku.capacity}`,
        maxSizeBytes: 250 * 1024 ** 3,
        licenseType,
        ...(pooled ? { elasticPoolId: "/elasticPools/pool-1" } : {}),
      },
    }),
  ]);

/** Small estates of everything that the actions change, in all the variety that we could think of. */
export const randomEstate: fc.Arbitrary<Tenant> = fc
  .record({
    seed: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 }),
    makers: fc
      .tuple(
        fc.array(disk, { minLength: 3, maxLength: 5 }),
        fc.tuple(raisedDisk),
        fc.array(address, { minLength: 2, maxLength: 5 }),
        fc.array(machine, { minLength: 3, maxLength: 6 }),
        fc.array(database, { minLength: 1, maxLength: 3 }),
        fc.array(card, { minLength: 2, maxLength: 3 }),
        fc.array(balancer, { minLength: 2, maxLength: 3 }),
        fc.array(plan, { minLength: 2, maxLength: 3 }),
        fc.array(account, { minLength: 2, maxLength: 3 }),
      )
      .map((kinds) => kinds.flat()),
  })
  .map(({ seed, makers }) =>
    Tenant.parse({
      version: 1,
      name: "Contoso",
      tenantId: "99999999-2222-4333-8444-555555555555",
      seed,
      days: 31,
      subscriptions: [{ id: subscriptionId, name: "Contoso" }],
      resources: makers.flatMap((make, index) => make(index + 1)),
      charges: [],
    }),
  );

/** Tags to set: new ones, and ones of the estate in any case. */
export const randomTags = fc.uniqueArray(fc.record({ name: oddCase, value: anyValue }), {
  minLength: 1,
  maxLength: 3,
  selector: ({ name }) => name.toLowerCase(),
});
