import type { ChargeKind } from "@cloudoptima/db/cost-schema.ts";
import type { CostDimension } from "./cost-shapes.ts";
import { regionName } from "./region-names.ts";

const providerNames: Record<string, string> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
  oracle: "Oracle Cloud",
  oci: "Oracle Cloud",
};

/** What people call each kind of charge; several of one kind are one amount. */
export const chargeNames: Record<ChargeKind, string> = {
  usage: "usage",
  unused_commitment: "unused commitments",
  purchase: "purchases",
  refund: "refunds",
  credit: "credits",
  tax: "tax",
  adjustment: "adjustments",
};

/** The name of a dimension in a sentence or a column head. */
export function dimensionName(dimension: CostDimension, tagKey: string | null): string {
  if (dimension === "tag") return `tag ${tagKey}`;
  return dimension.replaceAll("_", " ");
}

/** What people call a value of a dimension. A key of "" is a cost that has none. */
export function costLabel(dimension: CostDimension, key: string, name: string | null): string {
  if (key === "") return dimension === "tag" ? "(untagged)" : "(none)";
  if (name) return name;
  if (dimension === "region") return regionName(key);
  if (dimension === "charge_kind") return chargeNames[key as ChargeKind] ?? key;
  if (dimension === "provider") return providerNames[key] ?? key;
  if (dimension === "resource" || dimension === "subscription") return lastSegment(key);
  return key;
}

/** Two resources or subscriptions of one name are told apart by the tail of their id. */
export function distinctLabels<Row extends { key: string; label: string }>(rows: readonly Row[]): Row[] {
  const keysOf = new Map<string, Set<string>>();
  for (const row of rows) keysOf.set(row.label, (keysOf.get(row.label) ?? new Set()).add(row.key));
  return rows.map((row) => {
    const twins = keysOf.get(row.label)!;
    return twins.size < 2 || row.key === ""
      ? row
      : { ...row, label: `${row.label} (${tail(row.key, twins)})` };
  });
}

function tail(key: string, twins: Set<string>): string {
  const group = resourceGroupOf(key);
  const others = [...twins].filter((twin) => twin !== key);
  if (group && others.every((twin) => resourceGroupOf(twin) !== group)) return group;
  const segment = lastSegment(key);
  return others.some((twin) => lastSegment(twin) === segment) ? key : segment;
}

function resourceGroupOf(resourceId: string): string | undefined {
  return /\/resourcegroups\/([^/]+)/i.exec(resourceId)?.[1]?.toLowerCase();
}

function lastSegment(id: string): string {
  return id.split(/[/:]/).findLast((part) => part !== "") ?? id;
}
