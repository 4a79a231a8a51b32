import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import type { ResourceSearch } from "@cloudoptima/db/queries/search-resources.ts";
import { z } from "zod";
import type { Freshness, Period } from "../costs/cost-shapes.ts";
import { addDays, toFreshness } from "../costs/coverage.ts";

/** Present as of the last scan, gone, or both. */
const existences = ["present", "gone", "all"] as const;

/** What a page of the inventory is narrowed by, exactly and not in people's words; all must hold. */
export const inventorySearch = {
  text: z.string().trim().max(300).optional().describe("Part of the name, or a full resource id"),
  type: z.string().max(120).optional().describe("Full type, such as microsoft.compute/disks"),
  subscriptionId: z.string().max(120).optional(),
  region: z.string().max(60).optional(),
  resourceGroup: z.string().max(120).optional(),
  status: z.string().max(120).optional(),
  tagKey: z.string().max(512).optional(),
  tagValue: z.string().max(300).optional().describe("Of tagKey"),
  missingTag: z.string().max(512).optional().describe("Only those without this tag"),
  existence: z.enum(existences).default("present"),
};
const Search = z.object(inventorySearch);

/** Costs beside resources are of so many days. */
const costDays = 30;

/** The last 30 days with cost; without any cost data those before today. */
export async function recentCostDays(
  transaction: TenantTransaction,
  now: Temporal.Instant,
): Promise<{ period: Period; freshness: Freshness }> {
  const coverage = await readCostCoverage(transaction);
  const today = now.toZonedDateTimeISO("UTC").toPlainDate().toString();
  const end = coverage.dataUntil ? addDays(coverage.dataUntil, 1) : today;
  return { period: { start: addDays(end, -costDays), end }, freshness: toFreshness(coverage) };
}

/** As the database is asked, without an order or a page. */
export function toResourceSearch(
  { type, subscriptionId, region, status, existence, ...asked }: z.infer<typeof Search>,
  period: Period,
): Omit<ResourceSearch, "orderBy" | "limit" | "offset"> {
  return {
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== "")),
    ...(type ? { types: [type.toLowerCase()] } : {}),
    ...(subscriptionId ? { subscriptionIds: [subscriptionId], subscriptionText: subscriptionId } : {}),
    ...(region ? { regions: [region.toLowerCase()] } : {}),
    ...(status ? { statuses: [status.toLowerCase()] } : {}),
    includeGone: existence === "all",
    onlyGone: existence === "gone",
    period,
  };
}
