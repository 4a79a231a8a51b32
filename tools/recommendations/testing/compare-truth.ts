import type { Truth } from "../../clouds/sandbox/truth-schema.ts";

export type PlantedWaste = Pick<Truth["waste"][number], "type" | "resourceId" | "monthlySaving">;
interface Row {
  type: string;
  resource: { id: string };
  monthlySavings: { value: string } | null;
}

/** How the recommendations of one type did. Shares are 0 to 1; of nothing they are 1. */
export interface TypeResult {
  type: string;
  plantedCount: number;
  foundCount: number;
  precision: number;
  recall: number;
  /** The largest difference of a saving from the truth's, as a share of it. */
  savingsError: number;
}

/** One difference between what was planted and what was found. */
export interface Difference {
  kind: "missed" | "wrong" | "saving";
  type: string;
  resourceId: string;
  /** Savings a month; null: none is told. */
  planted: string | null;
  found: string | null;
}

const key = (type: string, resourceId: string) => `${type} ${resourceId.toLowerCase()}`;

/** Holds recommendations against what was planted: type by type, and each difference. */
export function compareTruth(
  waste: readonly PlantedWaste[],
  rows: readonly Row[],
  savingsTolerance = 0.01,
): { types: TypeResult[]; differences: Difference[] } {
  const found = new Map(rows.map((row) => [key(row.type, row.resource.id), row]));
  const planted = new Set(waste.map(({ type, resourceId }) => key(type, resourceId)));
  const differences: Difference[] = [];
  const errors = new Map<string, number>();
  for (const { type, resourceId, monthlySaving } of waste) {
    const row = found.get(key(type, resourceId));
    const ours = row?.monthlySavings?.value ?? null;
    const difference = { type, resourceId, planted: monthlySaving, found: ours };
    if (!row) {
      differences.push({ kind: "missed", ...difference });
      continue;
    }
    const off = Math.abs(Number(ours ?? Number.NaN) - Number(monthlySaving));
    // A saving of nothing is right when it is nothing; one that is not told is wholly wrong.
    const error = off === 0 ? 0 : Number.isNaN(off) ? 1 : off / Math.abs(Number(monthlySaving));
    errors.set(type, Math.max(error, errors.get(type) ?? 0));
    if (error > savingsTolerance) differences.push({ kind: "saving", ...difference });
  }
  for (const { type, resource, monthlySavings } of rows) {
    if (planted.has(key(type, resource.id))) continue;
    const ours = monthlySavings?.value ?? null;
    differences.push({ kind: "wrong", type, resourceId: resource.id, planted: null, found: ours });
  }
  const types = [...new Set([...waste, ...rows].map(({ type }) => type))].sort().map((type) => {
    const mine = waste.filter((one) => one.type === type);
    const ours = rows.filter((one) => one.type === type);
    const right = ours.filter(({ resource }) => planted.has(key(type, resource.id))).length;
    return {
      type,
      plantedCount: mine.length,
      foundCount: ours.length,
      precision: ours.length === 0 ? 1 : right / ours.length,
      recall: mine.length === 0 ? 1 : right / mine.length,
      savingsError: errors.get(type) ?? 0,
    };
  });
  return { types, differences };
}
