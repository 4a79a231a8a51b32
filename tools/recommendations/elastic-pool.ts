import { readProperty, readText } from "../clouds/read-property.ts";
import type { ExactDecimal } from "../kernel/money.ts";
import { monthlyCost } from "../prices/price.ts";
import type { DtuPoolTier } from "../prices/price-book.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { computeListPrice } from "./sql-database.ts";

type VcorePoolTier = "GeneralPurpose" | "BusinessCritical" | "Hyperscale";

/** A size that an elastic pool has, or could have. */
export type PoolSize = {
  /** eDTUs or vCores, by which load is translated. */
  capacity: number;
  /** Data that its price includes (DTU) or that it takes at most (vCore); null: more than matters. */
  storageGib: number | null;
  maxDatabases: number;
} & ({ model: "dtu"; tier: DtuPoolTier } | { model: "vcore"; tier: VcorePoolTier; family: "Gen5" });

/** eDTUs, storage included in their price and most databases (learn.microsoft.com, "DTU elastic pool limits"). */
const dtuSizes: Record<DtuPoolTier, readonly (readonly [edtus: number, gib: number, databases: number])[]> = {
  Basic: [
    [50, 4.88, 100],
    [100, 9.77, 200],
    [200, 19.53, 500],
    [300, 29.3, 500],
    [400, 39.06, 500],
    [800, 78.13, 500],
    [1200, 117.19, 500],
    [1600, 156.25, 500],
  ],
  Standard: [
    [50, 50, 100],
    [100, 100, 200],
    ...[200, 300, 400, 800, 1200, 1600, 2000, 2500, 3000].map((edtus) => [edtus, edtus, 500] as const),
  ],
  Premium: [
    [125, 250, 50],
    [250, 500, 100],
    [500, 750, 100],
    [1000, 1024, 100],
    [1500, 1536, 100],
    [2000, 2048, 100],
    [2500, 2560, 100],
    [3000, 3072, 100],
    [3500, 3548, 100],
    [4000, 4096, 100],
  ],
};

const vcores = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80] as const;
/** Largest data size in GiB up to so many vCores of Gen5 (learn.microsoft.com, "vCore elastic pool limits"). */
const vcoreStorage: Record<VcorePoolTier, readonly (readonly [vcores: number, gib: number | null])[]> = {
  GeneralPurpose: [
    [2, 512],
    [4, 756],
    [6, 1536],
    [16, 2048],
    [24, 3072],
    [80, 4096],
  ],
  BusinessCritical: [
    [4, 1024],
    [6, 1536],
    [10, 2048],
    [20, 3072],
    [80, 4096],
  ],
  Hyperscale: [[80, null]],
};
const gib = 1024 ** 3;

/** The size of a pool; undefined where its hardware or tier is none whose sizes are known. */
export function readPoolSize({ properties }: Pick<JudgedResource, "properties">): PoolSize | undefined {
  const told = (name: string) => readText(properties, "sku", name) ?? "";
  const capacity = readProperty(properties, "sku", "capacity");
  const isOf = (tier: string) => tier.toLowerCase() === told("tier").toLowerCase();
  const dtuTier = (Object.keys(dtuSizes) as DtuPoolTier[]).find(isOf);
  if (dtuTier) return dtuPools(dtuTier).find((size) => size.capacity === capacity);
  const tier = (Object.keys(vcoreStorage) as VcorePoolTier[]).find(isOf);
  const family = told("family") || told("name").split("_")[1];
  if (!tier || family?.toLowerCase() !== "gen5") return undefined;
  return vcorePools(tier).find((size) => size.capacity === capacity);
}

/** Smaller sizes of the same tier, the smallest first. */
export function smallerPools(current: PoolSize): PoolSize[] {
  const sizes = current.model === "dtu" ? dtuPools(current.tier) : vcorePools(current.tier);
  return sizes.filter(({ capacity }) => capacity < current.capacity);
}

/** "StandardPool_100", "GP_Gen5_4". */
export function poolSizeName(size: PoolSize): string {
  if (size.model === "dtu") return `${size.tier}Pool_${size.capacity}`;
  return `${{ GeneralPurpose: "GP", BusinessCritical: "BC", Hyperscale: "HS" }[size.tier]}_Gen5_${size.capacity}`;
}

/** "100 eDTUs", "4 vCores". */
export const poolCapacity = (size: PoolSize) =>
  `${size.capacity} ${size.model === "dtu" ? "eDTUs" : "vCores"}`;

/** Whether a size takes so much data without a further charge. */
export const holds = ({ storageGib }: PoolSize, storedBytes: number): boolean =>
  storageGib === null || storedBytes <= storageGib * gib;

/** What a pool promises each of its databases, in eDTUs or vCores; a largest of its whole capacity is no promise. */
export function readPerDatabase(
  { properties }: Pick<JudgedResource, "properties">,
  { capacity }: PoolSize,
): { least: number; most: number } {
  const told = (name: string) => {
    const value = readProperty(properties, "perDatabaseSettings", name);
    return typeof value === "number" ? value : 0;
  };
  const most = told("maxCapacity");
  return { least: told("minCapacity"), most: most < capacity ? most : 0 };
}

/** List price a month of its capacity, with the licence unless the organization brings its own; null: not known. */
export function poolListPrice(
  size: PoolSize,
  pool: JudgedResource,
  facts: ResourceFacts,
): ExactDecimal | null {
  if (size.model === "vcore") return computeListPrice({ ...size, vcores: size.capacity }, pool, facts);
  const price = facts.prices.sqlPool(pool.region ?? "", size.tier, size.capacity);
  return price && monthlyCost(price);
}

function dtuPools(tier: DtuPoolTier): PoolSize[] {
  return dtuSizes[tier].map(([capacity, storageGib, maxDatabases]) => ({
    model: "dtu",
    tier,
    capacity,
    storageGib,
    maxDatabases,
  }));
}

function vcorePools(tier: VcorePoolTier): PoolSize[] {
  return vcores
    .filter((capacity) => tier === "GeneralPurpose" || capacity >= 4)
    .map((capacity) => ({
      model: "vcore",
      tier,
      family: "Gen5",
      capacity,
      storageGib: vcoreStorage[tier].find(([most]) => capacity <= most)?.[1] ?? null,
      maxDatabases: mostDatabases(tier, capacity),
    }));
}

function mostDatabases(tier: VcorePoolTier, capacity: number): number {
  if (tier === "Hyperscale") return 25;
  if (tier === "BusinessCritical") return capacity === 4 ? 50 : 100;
  return capacity === 2 ? 100 : capacity === 4 ? 200 : 500;
}
