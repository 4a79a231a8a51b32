import type { Charge, Resource } from "../tenant/tenant-schema.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfMonthly, weekdays } from "./catalog.ts";

type Rhythm = keyof typeof weekdays;

interface Demand {
  /** USD a month at the growth date. */
  monthly: number;
  rhythm?: Rhythm;
  monthlyGrowthPercent?: number;
  noisePercent?: number;
  monthEndFactor?: number;
}

/** A daily amount that follows demand. */
export function demand(builder: Builder, spec: Demand): Charge["amount"] {
  return {
    kind: "rhythm",
    daily: dailyOfMonthly(spec.monthly),
    weekday: weekdays[spec.rhythm ?? "office"],
    monthlyGrowthPercent: spec.monthlyGrowthPercent ?? 0.6,
    growthFrom: builder.calendar.growthFrom,
    noisePercent: spec.noisePercent ?? 4,
    monthEndFactor: spec.monthEndFactor ?? 1,
  };
}

export function addStorageAccount(builder: Builder, place: Place, name: string, spec: Demand): Resource {
  const account = builder.add(place, {
    type: "Microsoft.Storage/storageAccounts",
    name: name.replaceAll(/[^a-z0-9]/g, "").slice(0, 24),
    kind: "StorageV2",
    sku: { name: "Standard_LRS", tier: "Standard" },
    properties: {
      accessTier: "Hot",
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
    },
  });
  // Stored data grows steadily; operations follow the week.
  builder.charge(account, {
    service: "Storage",
    meterSubCategory: "Tiered Block Blob",
    meter: "Hot LRS Data Stored",
    amount: demand(builder, { ...spec, monthly: spec.monthly * 0.7, rhythm: "flat", noisePercent: 0.5 }),
  });
  builder.charge(account, {
    service: "Storage",
    meterSubCategory: "Tiered Block Blob",
    meter: "Hot LRS Write Operations",
    amount: demand(builder, { ...spec, monthly: spec.monthly * 0.3 }),
  });
  return account;
}

/** An outbound-traffic charge on a resource. */
export function addBandwidth(builder: Builder, resource: Resource, spec: Demand): Charge {
  return builder.charge(resource, {
    service: "Bandwidth",
    meterSubCategory: "Rtn Preference: MGN",
    meter: "Standard Data Transfer Out",
    amount: demand(builder, spec),
  });
}

/** A logical server, which is closed to the internet. */
export function addServer(builder: Builder, place: Place, server: string): void {
  builder.add(place, {
    type: "Microsoft.Sql/servers",
    name: server,
    kind: "v12.0",
    properties: {
      version: "12.0",
      state: "Ready",
      minimalTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
    },
  });
}

export function addSqlServer(
  builder: Builder,
  place: Place,
  server: string,
  databases: { name: string; sku: string; capacity: number; monthly: number; rhythm?: Rhythm }[],
): void {
  addServer(builder, place, server);
  for (const database of databases) {
    const resource = builder.add(place, {
      type: "Microsoft.Sql/servers/databases",
      name: `${server}/${database.name}`,
      kind: "v12.0,user,vcore",
      sku: {
        name: database.sku,
        tier: database.sku.startsWith("BC") ? "BusinessCritical" : "GeneralPurpose",
        family: "Gen5",
        capacity: database.capacity,
      },
      properties: {
        status: "Online",
        maxSizeBytes: 268_435_456_000,
        zoneRedundant: false,
        licenseType: "BasePrice",
      },
    });
    builder.charge(resource, {
      service: "SQL Database",
      meterSubCategory: `Single ${database.sku.startsWith("BC") ? "Business Critical" : "General Purpose"} - Compute Gen5`,
      meter: "vCore",
      amount: { kind: "fixed", daily: dailyOfMonthly(database.monthly * 0.88) },
    });
    builder.charge(resource, {
      service: "SQL Database",
      meterSubCategory: "Single - Storage",
      meter: "Data Stored",
      amount: demand(builder, {
        monthly: database.monthly * 0.12,
        rhythm: database.rhythm ?? "flat",
        noisePercent: 1,
      }),
    });
  }
}

export function addAppService(
  builder: Builder,
  place: Place,
  plan: { name: string; sku: string; instances: number; monthly: number },
  sites: string[],
): void {
  const resource = builder.add(place, {
    type: "Microsoft.Web/serverfarms",
    name: plan.name,
    kind: "linux",
    sku: { name: plan.sku, tier: "PremiumV3", capacity: plan.instances },
    properties: { numberOfSites: sites.length, status: "Ready", reserved: true },
  });
  // Instances scale with the day's load.
  builder.charge(resource, {
    service: "Azure App Service",
    meterSubCategory: "Premium v3 Plan",
    meter: `${plan.sku} App`,
    amount: demand(builder, { monthly: plan.monthly, noisePercent: 2, monthlyGrowthPercent: 0.3 }),
  });
  for (const site of sites) {
    builder.add(place, {
      type: "Microsoft.Web/sites",
      name: site,
      kind: "app,linux",
      properties: { state: "Running", httpsOnly: true, serverFarmId: resource.id, enabled: true },
    });
  }
}

export function addKeyVault(builder: Builder, place: Place, name: string): Resource {
  const vault = builder.add(place, {
    type: "Microsoft.KeyVault/vaults",
    name,
    properties: {
      sku: { family: "A", name: "standard" },
      enableSoftDelete: true,
      enablePurgeProtection: true,
    },
  });
  builder.charge(vault, {
    service: "Key Vault",
    meter: "Operations",
    amount: demand(builder, { monthly: 6.5, noisePercent: 12 }),
  });
  return vault;
}

export function addContainerGroup(builder: Builder, place: Place, name: string, spec: Demand): Resource {
  const group = builder.add(place, {
    type: "Microsoft.ContainerInstance/containerGroups",
    name,
    properties: {
      osType: "Linux",
      sku: "Standard",
      restartPolicy: "OnFailure",
      instanceView: { state: "Running" },
      containers: [{ name: "job", properties: { resources: { requests: { cpu: 4, memoryInGB: 8 } } } }],
    },
  });
  builder.charge(group, {
    service: "Container Instances",
    meter: "Standard vCPU Duration",
    amount: demand(builder, { rhythm: "batch", ...spec }),
  });
  return group;
}

/** A metered platform service that is one resource with one charge, e.g. Log Analytics or Azure OpenAI. */
export function addMetered(
  builder: Builder,
  place: Place,
  resource: { type: string; name: string; kind?: string; sku?: string; properties?: Record<string, unknown> },
  charge: { service: string; meterSubCategory?: string; meter: string } & Demand,
): { resource: Resource; charge: Charge } {
  const added = builder.add(place, {
    type: resource.type,
    name: resource.name,
    ...(resource.kind ? { kind: resource.kind } : {}),
    ...(resource.sku ? { sku: { name: resource.sku } } : {}),
    ...(resource.properties ? { properties: resource.properties } : {}),
  });
  const { service, meter, meterSubCategory = "", ...rest } = charge;
  return {
    resource: added,
    charge: builder.charge(added, { service, meter, meterSubCategory, amount: demand(builder, rest) }),
  };
}
