import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import {
  countRecommendations,
  listMatchingRecommendations,
  readRecommendationPage,
  recommendationSorts,
} from "@cloudoptima/db/queries/recommendation-pages.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { RecommendationOrder, readOrdering } from "./ranking/recommendation-order.ts";
import { Recommendation, toRecommendation, typeLabel } from "./recommendation-output.ts";
import { recommendationSearch, toSearch } from "./recommendation-search.ts";
import { recommendationStatuses } from "./recommendation-types.ts";

/** A recommendation as a list shows it; evidence and steps come with the one that is opened. */
export const RecommendationRow = Recommendation.omit({
  description: true,
  impact: true,
  confidenceReasons: true,
  evidence: true,
  counterEvidence: true,
  steps: true,
  basis: true,
  target: true,
  notHereBecause: true,
}).extend({ subscriptionName: z.string().nullable() });
export type RecommendationRow = z.infer<typeof RecommendationRow>;

const sorts = ["priority", ...recommendationSorts] as const;

const Choice = z.object({ id: z.string(), label: z.string(), count: z.number().int() });

export default defineOperation({
  name: "search_recommendations",
  title: "Recommendations, page by page",
  description:
    "Recommendations of one status, narrowed and sorted, a page at a time, with what there is to narrow them by. What they save together: GET /recommendations/savings.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/search",
  input: z.object({
    ...recommendationSearch,
    sort: z
      .enum(sorts)
      .default("priority")
      .describe("What to do first, dearest, newest, least risk, least effort, surest first, or by title"),
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).max(1_000_000).default(0),
  }),
  output: z.object({
    totalCount: z.number().int().describe("Recommendations that match, over all pages"),
    offset: z.number().int(),
    rows: z.array(RecommendationRow),
    order: RecommendationOrder.nullable().describe(
      "How priority was told; null where another sort was asked for",
    ),
    statuses: z
      .array(z.object({ status: z.enum(recommendationStatuses), count: z.number().int() }))
      .describe("How many there are of each status, whatever else was asked for"),
    types: z.array(Choice).describe("Of this status, most first"),
    subscriptions: z.array(Choice).describe("Of this status, by name"),
  }),
  run: (ctx, { sort, limit, offset, ...search }) =>
    ctx.read(async (transaction) => {
      const page = await readPage(transaction, toSearch(search), { sort, limit, offset });
      const counts = await countRecommendations(transaction);
      const names = await readSubscriptionNames(transaction);
      const nameOf = (id: string) => names.get(id) ?? id;
      const own = counts.filter(({ status }) => status === search.status);
      return {
        totalCount: page.total,
        offset,
        order: page.order,
        rows: page.rows.map((stored) => {
          const { subscriptionId } = stored;
          return RecommendationRow.parse({
            ...toRecommendation(stored),
            subscriptionName: subscriptionId && nameOf(subscriptionId),
          });
        }),
        statuses: recommendationStatuses.map((status) => ({
          status,
          count: sum(counts.filter((one) => one.status === status)),
        })),
        types: [...Map.groupBy(own, ({ type }) => type)]
          .map(([type, items]) => ({ id: type, label: typeLabel(type), count: sum(items) }))
          .toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label)),
        subscriptions: [...Map.groupBy(own, ({ subscriptionId }) => subscriptionId)]
          .flatMap(([id, items]) => (id === null ? [] : [{ id, label: nameOf(id), count: sum(items) }]))
          .toSorted((a, b) => a.label.localeCompare(b.label)),
      };
    }),
});

/** By priority only with all of them at hand: what was learned is no column that a database could sort by. */
async function readPage(
  transaction: TenantTransaction,
  search: ReturnType<typeof toSearch>,
  { sort, limit, offset }: { sort: (typeof sorts)[number]; limit: number; offset: number },
) {
  if (sort !== "priority") {
    return { ...(await readRecommendationPage(transaction, search, { sort, limit, offset })), order: null };
  }
  const ordering = await readOrdering(transaction);
  const all = await listMatchingRecommendations(transaction, search);
  const rows = ordering.sort(all).slice(offset, offset + limit);
  return { rows, total: all.length, order: ordering.told };
}

const sum = (items: readonly { count: number }[]) => items.reduce((total, { count }) => total + count, 0);
