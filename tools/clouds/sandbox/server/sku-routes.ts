import type { Hono } from "hono";
import { diskTiers, vmSizes } from "../generate/catalog.ts";
import type { SandboxDiskTier } from "../generate/disk-tiers.ts";
import type { SandboxSize } from "../generate/vm-sizes.ts";
import { soldRegions } from "../prices/price-list.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";

const pageSize = 1000;
/** Offered with the restriction that a subscription needs permission for it, as Azure does with scarce sizes. */
const restricted = /^Standard_(NC24ads|L80s)/;

/** GET …/Microsoft.Compute/skus: sizes and disk tiers of a region with what they can do. */
export function addSkuRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  app.get("/subscriptions/:subscription/providers/microsoft.compute/skus", (c) => {
    const subscription = c.req.param("subscription");
    if (!sandbox.estate.tenant.subscriptions.some(({ id }) => id.toLowerCase() === subscription)) {
      throw new AzureError(
        404,
        "SubscriptionNotFound",
        `The subscription '${subscription}' could not be found.`,
      );
    }
    const filter = c.req.query("$filter")?.trim();
    const location = /^location eq '([^']+)'$/i.exec(filter ?? "")?.[1]?.toLowerCase();
    if (filter !== undefined && location === undefined)
      throw badRequest(`The filter '${filter}' is not supported.`);
    const regions = soldRegions.filter((region) => location === undefined || region === location);
    const all = regions.flatMap((region) => [
      ...Object.entries(vmSizes).map(([name, size]) => machineSku(region, name, size)),
      ...Object.entries(diskTiers).map(([tier, of]) => diskSku(region, tier, of)),
    ]);
    const skip = Number(c.req.query("$skiptoken") ?? 0);
    const next = new URL(`${sandbox.origin()}${c.req.path}`);
    for (const [name, value] of Object.entries(c.req.query())) next.searchParams.set(name, value);
    next.searchParams.set("$skiptoken", String(skip + pageSize));
    return c.json({
      value: all.slice(skip, skip + pageSize),
      ...(skip + pageSize < all.length ? { nextLink: next.toString() } : {}),
    });
  });
}

function machineSku(region: string, name: string, size: SandboxSize) {
  return {
    resourceType: "virtualMachines",
    name,
    tier: "Standard",
    size: name.replace("Standard_", ""),
    family: size.family,
    locations: [region],
    locationInfo: [{ location: region, zones: ["1", "2", "3"], zoneDetails: [] }],
    capabilities: capabilities({
      MaxResourceVolumeMB: size.temporaryDisk ? size.cores * 38_400 : 0,
      vCPUs: size.cores,
      HyperVGenerations: size.architecture === "Arm64" ? "V2" : "V1,V2",
      MemoryGB: size.memoryGib,
      MaxDataDiskCount: size.maxDataDisks,
      CpuArchitectureType: size.architecture,
      PremiumIO: size.premium,
      vCPUsPerCore: size.architecture === "Arm64" || size.family === "standardBSFamily" ? 1 : 2,
      UncachedDiskIOPS: size.iops,
      UncachedDiskBytesPerSecond: size.bytesPerSecond,
      AcceleratedNetworkingEnabled: size.acceleratedNetworking,
      MaxNetworkInterfaces: size.maxNics,
    }),
    restrictions: restricted.test(name)
      ? [
          {
            type: "Location",
            values: [region],
            restrictionInfo: { locations: [region] },
            reasonCode: "NotAvailableForSubscription",
          },
        ]
      : [],
  };
}

function diskSku(region: string, tier: string, { sku, tier: kind, ...of }: SandboxDiskTier) {
  return {
    resourceType: "disks",
    name: sku,
    tier: kind,
    size: tier,
    locations: [region],
    locationInfo: [{ location: region, zones: [], zoneDetails: [] }],
    capabilities: capabilities({
      MaxSizeGiB: of.sizeGb,
      MaxIOps: of.iops,
      MaxBandwidthMBps: of.megabytesPerSecond,
    }),
    restrictions: [],
  };
}

/** Azure sends every value as text, truth with a capital. */
function capabilities(values: Record<string, string | number | boolean>) {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value: value === true ? "True" : value === false ? "False" : String(value),
  }));
}
