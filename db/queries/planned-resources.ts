import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

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

/** What open recommendations of these types say a change of these resources saves. */
export async function findResolvedRecommendations(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  types: readonly string[],
): Promise<{ id: string; resourceId: string; monthlySavings: { value: string; currency: string } | null }[]> {
  if (resourceIds.length === 0 || types.length === 0) return [];
  const rows = await transaction
    .selectFrom("recommendations")
    .select(["id", "resource_id", "monthly_savings", "currency"])
    .where("resource_id", "in", [...resourceIds])
    .where("type", "in", [...types])
    .where("status", "in", ["open", "in_progress"])
    .orderBy("id")
    .execute();
  return rows.map(({ id, resource_id, monthly_savings, currency }) => ({
    id,
    resourceId: resource_id,
    monthlySavings:
      monthly_savings === null || currency === null ? null : { value: monthly_savings, currency },
  }));
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
    .set({ status: "implemented", updated_at: at })
    .where("id", "in", [...ids])
    .where("status", "in", ["open", "in_progress"])
    .execute();
}
