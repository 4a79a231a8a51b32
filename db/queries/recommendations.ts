import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import {
  openStatuses,
  type RecommendationEffort,
  type RecommendationRisk,
  type RecommendationStatus,
} from "../recommendation-words.ts";

export interface NewRecommendation {
  resourceId: string;
  type: string;
  title: string;
  description: string;
  impact: "high" | "medium" | "low";
  effort: RecommendationEffort;
  risk: RecommendationRisk;
  /** Decimal strings; null when the saving cannot be told from the data. */
  monthlySavings: string | null;
  annualSavings: string | null;
  currency: string | null;
  confidence: string;
  evidence: unknown[];
  metadata: Record<string, unknown>;
}

export interface StoredRecommendation extends NewRecommendation {
  id: string;
  status: string;
  createdAt: Date;
  updatedAt: Date;
  /** Of the resource, null when the inventory does not hold it (what spans several machines is no resource). */
  resourceName: string | null;
  resourceType: string | null;
  resourceGroup: string | null;
  region: string | null;
  /** Known from the id also where the inventory does not hold the resource. */
  subscriptionId: string | null;
  tags: Record<string, string>;
}

/**
 * Opens each recommendation or refreshes the open one of the same resource and type (its id, status and birth
 * stay). A dismissed one stays dismissed. Returns the ids of those that were opened. All go in one order, so that two
 * analyses at once wait for each other instead of locking each other out.
 */
export async function keepRecommendations(
  transaction: TenantTransaction,
  organizationId: string,
  at: Date,
  found: readonly (NewRecommendation & { id: string })[],
): Promise<string[]> {
  if (found.length === 0) return [];
  const moment = at.toISOString();
  const { rows } = await sql<{ id: string }>`
    insert into recommendations (id, organization_id, resource_id, type, title, description, impact, effort,
      risk_level, monthly_savings, annual_savings, currency, confidence, evidence, metadata, created_at, updated_at)
    select id, ${organizationId}::uuid, "resourceId", type, title, description, impact, effort, risk,
      "monthlySavings", "annualSavings", currency, confidence, evidence, metadata,
      ${moment}::timestamptz, ${moment}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as found(id uuid, "resourceId" text, type text,
      title text, description text, impact text, effort text, risk text, "monthlySavings" numeric,
      "annualSavings" numeric, currency text, confidence numeric, evidence jsonb, metadata jsonb)
    where not exists (select 1 from recommendations kept where kept.resource_id = found."resourceId"
      and kept.type = found.type and kept.status = 'dismissed')
    order by "resourceId", type
    on conflict (organization_id, resource_id, type) where status in ('open', 'in_progress') do update set
      title = excluded.title, description = excluded.description, impact = excluded.impact,
      effort = excluded.effort, risk_level = excluded.risk_level, monthly_savings = excluded.monthly_savings,
      annual_savings = excluded.annual_savings, currency = excluded.currency, confidence = excluded.confidence,
      evidence = excluded.evidence, metadata = excluded.metadata, updated_at = excluded.updated_at
    returning id`.execute(transaction);
  const own = new Set(found.map(({ id }) => id));
  return rows.map(({ id }) => id).filter((id) => own.has(id));
}

/** Who took recommendations off the list and why; an analysis when nobody is named. */
interface Ending {
  by?: string;
  reason: string;
}

/** Expires open recommendations of these resources and types. Returns the types of those that were open. */
export async function expireRecommendations(
  transaction: TenantTransaction,
  at: Date,
  pairs: readonly { resourceId: string; type: string }[],
  { by, reason }: Ending,
): Promise<{ type: string }[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ type: string }>`
    update recommendations r set status = 'expired', updated_at = ${at.toISOString()}::timestamptz,
      status_by = ${by ?? null}::uuid, status_reason = ${reason}
    from unnest(${pairs.map((pair) => pair.resourceId)}::text[], ${pairs.map((pair) => pair.type)}::text[])
      as cleared(resource_id, type)
    where r.resource_id = cleared.resource_id and r.type = cleared.type and r.status = any(${[...openStatuses]}::text[])
    returning r.type`.execute(transaction);
  return rows;
}

/** Expires open recommendations of resources that the inventory marks as gone. Returns their types. */
export async function expireGoneRecommendations(
  transaction: TenantTransaction,
  at: Date,
): Promise<{ type: string }[]> {
  const { rows } = await sql<{ type: string }>`
    update recommendations r set status = 'expired', updated_at = ${at.toISOString()}::timestamptz,
      status_by = null, status_reason = 'The resource is gone.'
    from resources where resources.resource_id = r.resource_id and resources.gone_at is not null
      and r.status = any(${[...openStatuses]}::text[]) returning r.type`.execute(transaction);
  return rows;
}

/** Every recommendation with one of the statuses, dearest first, beside its resource. */
export async function listRecommendations(
  transaction: TenantTransaction,
  statuses: readonly string[],
): Promise<StoredRecommendation[]> {
  const rows = await selectWithResource(transaction)
    .where("r.status", "in", statuses as "open"[])
    .orderBy(sql`r.monthly_savings desc nulls last`)
    .orderBy("r.resource_id")
    .orderBy("r.type")
    .execute();
  return rows.map(toStored);
}

/** How many are open or in progress. */
export async function countOpenRecommendations(transaction: TenantTransaction): Promise<number> {
  const row = await transaction
    .selectFrom("recommendations")
    .select((builder) => builder.fn.countAll<string>().as("count"))
    .where("status", "in", openStatuses)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** One recommendation, whatever its status. */
export async function findRecommendation(
  transaction: TenantTransaction,
  id: string,
): Promise<StoredRecommendation | undefined> {
  const row = await selectWithResource(transaction).where("r.id", "=", id).executeTakeFirst();
  return row && toStored(row);
}

/** Gives a recommendation another status; one that expired has none to give. Whether it was found. */
export async function setRecommendationStatus(
  transaction: TenantTransaction,
  id: string,
  status: Exclude<RecommendationStatus, "expired">,
  change: { at: Date; by: string; reason: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("recommendations")
    .set({ status, updated_at: change.at, status_by: change.by, status_reason: change.reason })
    .where("id", "=", id)
    .where("status", "<>", "expired")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether the same thing is recommended anew, under another id: of those one alone may be open. */
export async function hasNewerRecommendation(transaction: TenantTransaction, id: string): Promise<boolean> {
  const row = await transaction
    .selectFrom("recommendations as r")
    .innerJoin("recommendations as other", (join) =>
      join.onRef("other.resource_id", "=", "r.resource_id").onRef("other.type", "=", "r.type"),
    )
    .select("other.id")
    .where("r.id", "=", id)
    .where("other.id", "<>", id)
    .where("other.status", "in", openStatuses)
    .executeTakeFirst();
  return row !== undefined;
}

/** Also of what is no resource of its own: a reservation is bought for machines of one subscription. */
export const subscriptionOf = sql<string | null>`coalesce(s.subscription_id,
  substring(r.resource_id from '^/subscriptions/([^/]+)'))`;

/** Recommendations as `r`, beside their resources as `s`. */
export function selectWithResource(transaction: TenantTransaction) {
  return transaction
    .selectFrom("recommendations as r")
    .leftJoin("resources as s", (join) => join.onRef("s.resource_id", "=", "r.resource_id"))
    .selectAll("r")
    .select([
      "s.name as resource_name",
      "s.resource_type",
      "s.resource_group",
      "s.region",
      subscriptionOf.as("subscription_id"),
      "s.tags",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectWithResource>["execute"]>>[number];

export function toStored(row: Row): StoredRecommendation {
  return {
    id: row.id,
    resourceId: row.resource_id,
    type: row.type,
    title: row.title,
    description: row.description,
    impact: row.impact,
    effort: row.effort,
    risk: row.risk_level,
    monthlySavings: row.monthly_savings,
    annualSavings: row.annual_savings,
    currency: row.currency,
    confidence: row.confidence,
    evidence: row.evidence,
    metadata: row.metadata,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    resourceName: row.resource_name,
    resourceType: row.resource_type,
    resourceGroup: row.resource_group,
    region: row.region,
    subscriptionId: row.subscription_id,
    tags: row.tags ?? {},
  };
}

/** A change of a recommendation's status. */
export interface StatusChange {
  at: Date;
  from: string | null;
  to: string;
  /** Name of the person; null: an analysis or a finished remediation. */
  by: string | null;
  reason: string | null;
}

/** What happened to a recommendation, oldest first. */
export async function listStatusChanges(
  transaction: TenantTransaction,
  recommendationId: string,
): Promise<StatusChange[]> {
  const rows = await transaction
    .selectFrom("recommendation_changes as c")
    .leftJoin("users as u", "u.id", "c.changed_by")
    .select(["c.changed_at", "c.from_status", "c.to_status", "c.reason", "u.name"])
    .where("c.recommendation_id", "=", recommendationId)
    .orderBy("c.id")
    .execute();
  return rows.map((row) => ({
    at: row.changed_at,
    from: row.from_status,
    to: row.to_status,
    by: row.name,
    reason: row.reason,
  }));
}
