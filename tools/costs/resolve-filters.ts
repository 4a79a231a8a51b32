import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { findResources, listDimensionValues, listTagKeys } from "@cloudoptima/db/queries/cost-names.ts";
import type { CostCondition, CostGroup } from "@cloudoptima/db/queries/cost-source.ts";
import { AppError } from "../kernel/errors.ts";
import { costLabel, dimensionName } from "./cost-labels.ts";
import type { CostDimension, CostFilter } from "./cost-shapes.ts";
import { nearestNames } from "./nearest-names.ts";

// Enough names to find what a typing error meant, without reading an estate of 100,000 resources.
const NAMES_READ = 20_000;

/** The dimension as queries take it: a tag's name is found whatever its case, in all its spellings. */
export async function resolveGroup(
  transaction: TenantTransaction,
  dimension: CostDimension,
  tagKey: string | null | undefined,
): Promise<CostGroup> {
  if (dimension !== "tag") return { dimension };
  if (!tagKey) {
    throw new AppError("invalid_input", "Grouping or filtering by tag needs the tag's name (tagKey).", {
      hint: `Tags here: ${(await listTagKeys(transaction)).slice(0, 10).join(", ") || "none"}.`,
    });
  }
  const known = await listTagKeys(transaction);
  const tagKeys = known.filter((key) => key.toLowerCase() === tagKey.toLowerCase());
  if (tagKeys.length === 0) {
    const nearest = nearestNames(tagKey, known);
    throw new AppError("not_found", `No cost here has a tag named "${tagKey}".`, {
      hint:
        known.length === 0
          ? "The data has no tags."
          : `Tags: ${(nearest.length ? nearest : known.slice(0, 10)).join(", ")}.`,
      details: { dimension: "tag", asked: tagKey, nearest },
    });
  }
  return { dimension: "tag", tagKeys };
}

/** Filters as exact keys. A value may be a key or the name people know, in any case. */
export async function resolveFilters(
  transaction: TenantTransaction,
  filters: readonly CostFilter[],
): Promise<CostCondition[]> {
  const conditions: CostCondition[] = [];
  for (const filter of filters) {
    const group = await resolveGroup(transaction, filter.dimension, filter.tagKey);
    const keys = await resolveValues(transaction, filter, group);
    conditions.push({ ...group, keys, exclude: filter.exclude });
  }
  return conditions;
}

async function resolveValues(
  transaction: TenantTransaction,
  filter: CostFilter,
  group: CostGroup,
): Promise<string[]> {
  const candidates =
    filter.dimension === "resource"
      ? await findResources(transaction, filter.values)
      : await listDimensionValues(transaction, group, NAMES_READ);
  const keys = new Set<string>();
  for (const value of filter.values) {
    const matching = candidates.filter(({ key, label }) => means(filter.dimension, value, key, label));
    for (const { key } of matching) keys.add(key);
    if (isNone(value)) keys.add("");
    else if (matching.length === 0) throw await unknownValue(transaction, filter, group, value);
  }
  return [...keys];
}

function isNone(value: string): boolean {
  return ["", "(none)", "(untagged)"].includes(value.trim().toLowerCase());
}

function means(dimension: CostDimension, value: string, key: string, label: string | null): boolean {
  const wanted = value.trim().toLowerCase();
  if (key.toLowerCase() === wanted || costLabel(dimension, key, label).toLowerCase() === wanted) return true;
  if (dimension === "region") return key === wanted.replace(/[\s_]/g, "");
  if (dimension === "subscription") return key.toLowerCase().endsWith(`/${wanted}`);
  if (dimension === "provider") return key === providerWords[wanted];
  return false;
}

const providerWords: Record<string, string> = {
  amazon: "aws",
  "amazon web services": "aws",
  microsoft: "azure",
  "microsoft azure": "azure",
  google: "gcp",
  "google cloud": "gcp",
  "google cloud platform": "gcp",
  oracle: "oracle",
  oci: "oracle",
};

async function unknownValue(
  transaction: TenantTransaction,
  filter: CostFilter,
  group: CostGroup,
  value: string,
): Promise<AppError> {
  const known = (await listDimensionValues(transaction, group, NAMES_READ))
    .filter(({ key }) => key !== "")
    .map(({ key, label }) => costLabel(filter.dimension, key, label));
  const names = [...new Set(known)];
  const nearest = nearestNames(value, names);
  const offered = nearest.length ? nearest : names.slice(0, 8);
  const what = dimensionName(filter.dimension, filter.tagKey ?? null);
  return new AppError("not_found", `No cost here has the ${what} "${value}".`, {
    hint: offered.length
      ? `${nearest.length ? "Nearest" : "There are"}: ${offered.join(", ")}.`
      : `The data names no ${what}.`,
    details: { dimension: filter.dimension, tagKey: filter.tagKey ?? null, asked: value, nearest },
  });
}
