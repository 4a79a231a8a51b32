import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { searchResources } from "@cloudoptima/db/queries/search-resources.ts";
import { z } from "zod";
import { Freshness, Period } from "../costs/cost-shapes.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { inventorySearch, recentCostDays, toResourceSearch } from "./inventory-search.ts";
import { ResourceRow, toResourceRow } from "./resource-row.ts";

export default defineOperation({
  name: "list_inventory",
  title: "Inventory, page by page",
  description:
    "Resources, also gone ones, narrowed exactly, with their effective cost of the last 30 days with data. What there is to narrow by, and what all matches cost: GET /resources/inventory/counts.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/inventory",
  input: z.object({
    ...inventorySearch,
    sort: z.enum(["cost", "name"]).default("cost"),
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).max(1_000_000).default(0),
  }),
  output: z.object({
    period: Period.describe("Days of the cost beside each resource"),
    totalCount: z.number().int().describe("Resources that match, over all pages"),
    allCount: z.number().int().describe("0: no resource is known at all"),
    offset: z.number().int(),
    rows: z.array(ResourceRow),
    freshness: Freshness,
  }),
  run: (ctx, { sort, limit, offset, ...asked }) =>
    ctx.read(async (transaction) => {
      const { period, freshness } = await recentCostDays(transaction, ctx.now());
      const names = await readSubscriptionNames(transaction);
      const search = { ...toResourceSearch(asked, period), orderBy: sort, limit, offset };
      const { rows, totalCount, allCount } = await searchResources(transaction, search);
      return {
        period,
        totalCount,
        allCount,
        offset,
        rows: rows.map((row) => toResourceRow(row, names)),
        freshness,
      };
    }),
});
