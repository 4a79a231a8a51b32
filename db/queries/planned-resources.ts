import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { openStatuses } from "../recommendation-words.ts";

/** A resource that somebody named for a change, and where it lives. */
export interface NamedResource {
  id: string;
  name: string;
  type: string;
  subscriptionId: string;
  connectionId: string;
}

/** Resources of the inventory that have this full id or this name (without case); gone ones are left out. */
export async function findNamedResources(
  transaction: TenantTransaction,
  named: string,
): Promise<NamedResource[]> {
  const wanted = named.trim().toLowerCase();
  const rows = await transaction
    .selectFrom("resources")
    .select(["resource_id", "name", "resource_type", "subscription_id", "connection_id"])
    .where("gone_at", "is", null)
    .where(({ eb, or }) => or([eb("resource_id", "=", wanted), eb(sql`lower(name)`, "=", wanted)]))
    .orderBy("resource_id")
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.resource_id,
    name: row.name,
    type: row.resource_type,
    subscriptionId: row.subscription_id,
    connectionId: row.connection_id,
  }));
}

export interface ResolvedRecommendation {
  id: string;
  resourceId: string;
  monthlySavings: { value: string; currency: string } | null;
  evidence: unknown[];
  /** What the resource is to become; null: it is stopped or removed. */
  target: string | null;
  /** With what else its saving was reckoned. */
  settings: Record<string, number> | null;
}

/** What open recommendations of these types say a change of these resources saves. */
export async function findResolvedRecommendations(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  types: readonly string[],
): Promise<ResolvedRecommendation[]> {
  if (resourceIds.length === 0 || types.length === 0) return [];
  const rows = await transaction
    .selectFrom("recommendations")
    .select(["id", "resource_id", "monthly_savings", "currency", "evidence"])
    .select(sql<string | null>`metadata #>> '{target,sku}'`.as("target"))
    .select(sql<Record<string, number> | null>`metadata #> '{target,settings}'`.as("settings"))
    .where("resource_id", "in", [...resourceIds])
    .where("type", "in", [...types])
    .where("status", "in", openStatuses)
    .orderBy("id")
    .execute();
  return rows.map(({ id, resource_id, monthly_savings, currency, evidence, target, settings }) => ({
    id,
    resourceId: resource_id,
    evidence,
    target,
    settings,
    monthlySavings:
      monthly_savings === null || currency === null ? null : { value: monthly_savings, currency },
  }));
}

/** Opens recommendations again whose change was undone, except where a scan has found the same anew. */
export async function reopenImplemented(
  transaction: TenantTransaction,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await transaction
    .updateTable("recommendations as undone")
    .set({ status: "open", updated_at: at, status_by: null, status_reason: "Its change was undone." })
    .where("undone.id", "in", [...ids])
    .where("undone.status", "=", "implemented")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("recommendations as newer")
            .select("newer.id")
            .whereRef("newer.resource_id", "=", "undone.resource_id")
            .whereRef("newer.type", "=", "undone.type")
            .where("newer.status", "in", openStatuses),
        ),
      ),
    )
    .execute();
}

/** Marks recommendations as carried out. */
export async function markImplemented(
  transaction: TenantTransaction,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await transaction
    .updateTable("recommendations")
    .set({
      status: "implemented",
      updated_at: at,
      // Not who gave it the status before: the decision on the proposal says who approved.
      status_by: null,
      status_reason: "A proposal that was approved did it.",
    })
    .where("id", "in", [...ids])
    .where("status", "in", openStatuses)
    .execute();
}
