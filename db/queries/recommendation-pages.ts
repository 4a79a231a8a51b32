import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { contains } from "./contains.ts";
import {
  type StoredRecommendation,
  selectWithResource,
  subscriptionOf,
  toStored,
} from "./recommendations.ts";

export interface RecommendationSearch {
  statuses: readonly string[];
  type?: string | undefined;
  risk?: string | undefined;
  effort?: string | undefined;
  subscriptionId?: string | undefined;
  /** Lower case. */
  resourceId?: string | undefined;
  /** Part of the title, or of the resource's name, group or id. */
  text?: string | undefined;
}

export const recommendationSorts = ["savings", "newest", "risk", "effort", "confidence", "title"] as const;
export type RecommendationSort = (typeof recommendationSorts)[number];

const dearest = sql`r.monthly_savings desc nulls last`;

// What is safest, easiest or surest comes first, and of equals what saves most.
const orders: Readonly<Record<RecommendationSort, ReturnType<typeof sql>>> = {
  savings: dearest,
  newest: sql`r.created_at desc`,
  risk: sql`array_position(array['low', 'medium', 'high'], r.risk_level::text)`,
  effort: sql`array_position(array['easy', 'medium', 'hard'], r.effort::text)`,
  confidence: sql`r.confidence desc`,
  title: sql`lower(r.title)`,
};

/** One page of the recommendations that fit, and how many fit in all. */
export async function readRecommendationPage(
  transaction: TenantTransaction,
  search: RecommendationSearch,
  page: { sort: RecommendationSort; limit: number; offset: number },
): Promise<{ rows: StoredRecommendation[]; total: number }> {
  const matching = match(transaction, search);
  const { count } = await matching
    .clearSelect()
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .orderBy(orders[page.sort])
    .orderBy(dearest)
    .orderBy("r.id")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { rows: rows.map(toStored), total: Number(count) };
}

/** All that fit, dearest first. */
export async function listMatchingRecommendations(
  transaction: TenantTransaction,
  search: RecommendationSearch,
): Promise<StoredRecommendation[]> {
  const rows = await match(transaction, search).orderBy(dearest).orderBy("r.id").execute();
  return rows.map(toStored);
}

/** How many there are of each status, type and subscription. */
export async function countRecommendations(
  transaction: TenantTransaction,
): Promise<{ status: string; type: string; subscriptionId: string | null; count: number }[]> {
  const rows = await selectWithResource(transaction)
    .clearSelect()
    .select(["r.status", "r.type", subscriptionOf.as("subscriptionId")])
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .groupBy(["r.status", "r.type", subscriptionOf])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

function match(transaction: TenantTransaction, search: RecommendationSearch) {
  const { statuses, type, risk, effort, subscriptionId, resourceId, text } = search;
  let query = selectWithResource(transaction).where("r.status", "in", statuses as "open"[]);
  if (type) query = query.where("r.type", "=", type);
  if (risk) query = query.where("r.risk_level", "=", risk as "low");
  if (effort) query = query.where("r.effort", "=", effort as "easy");
  if (subscriptionId) query = query.where(subscriptionOf, "=", subscriptionId.toLowerCase());
  if (resourceId) query = query.where("r.resource_id", "=", resourceId);
  if (text) {
    const part = contains(text);
    query = query.where(
      sql<boolean>`(r.title ilike ${part} or r.resource_id ilike ${part} or s.name ilike ${part})`,
    );
  }
  return query;
}
