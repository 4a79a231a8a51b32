import { readProperty, readText } from "../clouds/read-property.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { monthlyCost } from "../prices/price.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";

/** A single database as its service objective says; `step` is what the next smaller ones are told by. */
export type SqlObjective =
  | { model: "dtu"; objective: string; dtus: number; maxStorageGib: number }
  | {
      model: "vcore";
      tier: "GeneralPurpose" | "BusinessCritical" | "Hyperscale";
      family: string;
      vcores: number;
    };

/** DTUs and largest data size of each objective (learn.microsoft.com, "DTU-based resource limits"). */
const dtuLadder: Record<string, readonly [objective: string, dtus: number, maxStorageGib: number][]> = {
  S: [
    ["S0", 10, 250],
    ["S1", 20, 250],
    ["S2", 50, 250],
    ["S3", 100, 1024],
    ["S4", 200, 1024],
    ["S6", 400, 1024],
    ["S7", 800, 1024],
    ["S9", 1600, 1024],
    ["S12", 3000, 1024],
  ],
  P: [
    ["P1", 125, 1024],
    ["P2", 250, 1024],
    ["P4", 500, 1024],
    ["P6", 1000, 1024],
    ["P11", 1750, 4096],
    ["P15", 4000, 4096],
  ],
};
/** Largest data size by vCores, in GiB (learn.microsoft.com, "vCore resource limits"; Hyperscale has its own). */
const vcoreStorage = [
  [4, 1024],
  [6, 1536],
  [10, 2048],
  [20, 3072],
  [80, 4096],
] as const;
const vcoreLadder = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80] as const;
const gib = 1024 ** 3;
const vcoreTiers = { GP: "GeneralPurpose", BC: "BusinessCritical", HS: "Hyperscale" } as const;

/** What a database is provisioned as; undefined for serverless, pooled and unknown ones. */
export function readObjective({ properties }: Pick<JudgedResource, "properties">): SqlObjective | undefined {
  const told = readText(properties, "currentServiceObjectiveName") ?? readText(properties, "sku", "name");
  return parseObjective(told ?? "", readProperty(properties, "sku", "capacity"));
}

/** An objective by its name, "S2" or "GP_Gen5_4"; `capacity` counts the vCores where the name does not. */
export function parseObjective(name: string, capacity?: unknown): SqlObjective | undefined {
  const dtu = dtuOf(name);
  if (dtu) return dtu;
  const match = /^(GP|BC|HS)_(Gen\d+|[A-Z][A-Za-z0-9]*)(?:_(\d+))?$/.exec(name);
  const vcores = Number(match?.[3] ?? capacity);
  if (!match || !Number.isFinite(vcores) || match[2] === "S") return undefined;
  return { model: "vcore", tier: vcoreTiers[match[1] as keyof typeof vcoreTiers], family: match[2]!, vcores };
}

/** Smaller objectives of the same tier, the smallest first. */
export function smallerObjectives(current: SqlObjective): SqlObjective[] {
  if (current.model === "vcore") {
    return vcoreLadder.filter((vcores) => vcores < current.vcores).map((vcores) => ({ ...current, vcores }));
  }
  const ladder = dtuLadder[current.objective[0]!] ?? [];
  return ladder
    .filter(([, dtus]) => dtus < current.dtus)
    .map(([objective, dtus, maxStorageGib]) => ({ model: "dtu", objective, dtus, maxStorageGib }));
}

/** The shortest auto-pause delay of a serverless database (learn.microsoft.com, "Serverless compute tier"). */
export const leastPauseMinutes = (tier: "GeneralPurpose" | "Hyperscale"): number =>
  tier === "Hyperscale" ? 60 : 15;

/** "S2", "GP_Gen5_4". */
export function objectiveName(objective: SqlObjective): string {
  if (objective.model === "dtu") return objective.objective;
  const short = Object.entries(vcoreTiers).find(([, tier]) => tier === objective.tier)?.[0];
  return `${short}_${objective.family}_${objective.vcores}`;
}

/** As ARM takes it: S2 is {"name":"Standard","capacity":50}, GP_Gen5_4 {"name":"GP_Gen5","capacity":4}. */
export function skuOf(objective: SqlObjective): Record<string, string | number> {
  if (objective.model === "dtu") {
    const tier = objective.objective.startsWith("P") ? "Premium" : "Standard";
    return { name: tier, tier, capacity: objective.dtus };
  }
  const { tier, family, vcores } = objective;
  return { name: objectiveName(objective).replace(/_\d+$/, ""), tier, family, capacity: vcores };
}

/** DTUs or vCores, by which load is translated. */
export const capacityOf = (objective: SqlObjective) =>
  objective.model === "dtu" ? objective.dtus : objective.vcores;

/** Whether an objective takes so much data. */
export const takes = (objective: SqlObjective, storedBytes: number): boolean =>
  storedBytes <= (mostBytes(objective) ?? Number.POSITIVE_INFINITY);

/** The largest data size of an objective; null: its tier sets none that matters. */
export function mostBytes(objective: SqlObjective): number | null {
  if (objective.model === "dtu") return objective.maxStorageGib * gib;
  if (objective.tier === "Hyperscale") return null;
  return (vcoreStorage.find(([vcores]) => objective.vcores <= vcores)?.[1] ?? 0) * gib;
}

/**
 * What a database costs a month at list price beside its compute: its storage, which a change of compute leaves.
 * `billed` is its own cost a month: what of it exceeds the compute's list price is storage; where a discount hides
 * that, the storage's list price tells.
 */
export function storageBeside(
  objective: SqlObjective,
  database: JudgedResource,
  { prices }: ResourceFacts,
  { compute, billed }: { compute: ExactDecimal; billed: ExactDecimal },
): ExactDecimal {
  if (objective.model === "dtu") return decimal(0);
  if (billed.greaterThanOrEqualTo(compute.times("0.995"))) {
    return billed.lessThan(compute) ? decimal(0) : billed.minus(compute);
  }
  const price = prices.sqlVcore(database.region ?? "", objective.tier, objective.family)?.storage;
  const size = readProperty(database.properties, "maxSizeBytes");
  return price && typeof size === "number" ? decimal(price.value).times(size).dividedBy(gib) : decimal(0);
}

/** List price a month of the compute, with the licence unless the organization brings its own; null: not known. */
export function computeListPrice(
  objective: SqlObjective,
  database: JudgedResource,
  { prices }: ResourceFacts,
): ExactDecimal | null {
  const region = database.region ?? "";
  if (objective.model === "dtu") {
    const price = prices.sqlDtu(region, objective.objective);
    return price && monthlyCost(price);
  }
  const price = prices.sqlVcore(region, objective.tier, objective.family);
  if (!price) return null;
  const ownLicence = readText(database.properties, "licenseType")?.toLowerCase() === "baseprice";
  const licence = ownLicence || !price.licence ? decimal(0) : monthlyCost(price.licence, objective.vcores);
  return monthlyCost(price.compute, objective.vcores).plus(licence);
}

function dtuOf(objective: string): SqlObjective | undefined {
  const found = dtuLadder[objective[0] ?? ""]?.find(([name]) => name === objective);
  return found && { model: "dtu", objective: found[0], dtus: found[1], maxStorageGib: found[2] };
}
