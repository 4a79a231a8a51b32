import { z } from "zod";
import type { ComputeSku } from "../cloud.ts";
import { readArmPages } from "./arm-pages.ts";
import type { ResourceManager } from "./resource-manager.ts";

const Sku = z.object({
  resourceType: z.string(),
  name: z.string().default(""),
  size: z.string().nullish(),
  family: z.string().nullish(),
  locationInfo: z.array(z.object({ location: z.string(), zones: z.array(z.string()).nullish() })).nullish(),
  capabilities: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  restrictions: z
    .array(
      z.object({
        type: z.string().nullish(),
        reasonCode: z.string().nullish(),
        restrictionInfo: z
          .object({ locations: z.array(z.string()).nullish(), zones: z.array(z.string()).nullish() })
          .nullish(),
      }),
    )
    .nullish(),
});
type Sku = z.infer<typeof Sku>;

/** What Microsoft.Compute offers to a subscription in a region: machine sizes and disk tiers. */
export async function readResourceSkus(
  resourceManager: ResourceManager,
  subscriptionId: string,
  region: string,
  signal: AbortSignal,
): Promise<ComputeSku[]> {
  const filter = encodeURIComponent(`location eq '${region.replaceAll("'", "''")}'`);
  const path = `/subscriptions/${encodeURIComponent(subscriptionId)}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=${filter}`;
  const what = `read the sizes that subscription ${subscriptionId} can use in ${region}`;
  const skus = await readArmPages(resourceManager, what, path, Sku, signal);
  return skus.flatMap((sku) => {
    const kind = kinds[sku.resourceType.toLowerCase()];
    return kind ? [toComputeSku(kind, sku, region.toLowerCase())] : [];
  });
}

const kinds: Record<string, ComputeSku["kind"]> = { virtualmachines: "virtual_machine", disks: "disk" };

function toComputeSku(kind: ComputeSku["kind"], sku: Sku, region: string): ComputeSku {
  const here = sku.locationInfo?.find(({ location }) => location.toLowerCase() === region);
  const closed = (sku.restrictions ?? []).filter(({ restrictionInfo }) =>
    (restrictionInfo?.locations ?? [region]).some((location) => location.toLowerCase() === region),
  );
  const closedZones = new Set(
    closed
      .filter(({ type }) => type?.toLowerCase() === "zone")
      .flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []),
  );
  const wholly = closed.find(({ type }) => type?.toLowerCase() !== "zone");
  return {
    kind,
    name: sku.name,
    size: sku.size ?? "",
    family: sku.family ?? "",
    zones: (here?.zones ?? []).filter((zone) => !closedZones.has(zone)).toSorted(),
    capabilities: Object.fromEntries((sku.capabilities ?? []).map(({ name, value }) => [name, value])),
    restriction: wholly ? (wholly.reasonCode ?? "Restricted") : null,
  };
}
