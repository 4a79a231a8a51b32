import type { ResourceHit } from "@cloudoptima/db/queries/search-resources.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { decimal } from "../kernel/money.ts";
import { resourceTypeLabel } from "./resource-types.ts";

/** A resource as lists show it. */
export const ResourceRow = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  typeLabel: z.string(),
  region: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  subscriptionId: z.string().nullable(),
  subscriptionName: z.string().nullable(),
  status: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  cost: z.array(Money).describe("Effective cost in the period, one per currency; empty when there is none"),
  goneAt: z.string().nullable().describe("When a scan first missed it, or null while it exists"),
  knownFrom: z.enum(["inventory", "bill"]).describe("bill: only cost data names it, no scan has seen it"),
});
export type ResourceRow = z.infer<typeof ResourceRow>;

/** `names`: of subscriptions, by id. */
export function toResourceRow(row: ResourceHit, names: ReadonlyMap<string, string>): ResourceRow {
  const { costs, goneAt, ...hit } = row;
  return {
    ...hit,
    typeLabel: resourceTypeLabel(row.type),
    subscriptionName: row.subscriptionName ?? names.get(row.subscriptionId ?? "") ?? null,
    cost: costs.map(toEffectiveMoney),
    goneAt: goneAt?.toISOString() ?? null,
  };
}

export function toEffectiveMoney({ currency, effective }: { currency: string; effective: string }) {
  return { value: decimal(effective).toFixed(), currency };
}
