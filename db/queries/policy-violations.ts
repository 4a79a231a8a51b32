import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { PolicySeverity, ViolationStatus } from "../policy-schema.ts";

/** A resource that breaks a policy, and how. */
export interface FoundViolation {
  resourceId: string;
  problems: string[];
}

export interface ViolationRow extends FoundViolation {
  id: string;
  policyId: string;
  policyName: string;
  severity: PolicySeverity;
  status: ViolationStatus;
  detectedAt: Date;
  resolvedAt: Date | null;
  name: string | null;
  type: string | null;
  subscriptionId: string | null;
  resourceGroup: string | null;
  region: string | null;
}

/**
 * Makes what is kept of a policy equal to what was found: new violations open, known ones stay (also as ignored),
 * the others are resolved. Returns how many are new and how many were resolved.
 */
export async function keepViolations(
  transaction: TenantTransaction,
  policy: { id: string; organizationId: string; severity: PolicySeverity },
  at: Date,
  found: readonly FoundViolation[],
  newId: () => string,
): Promise<{ newCount: number; resolvedCount: number }> {
  const rows = found.map(({ resourceId, problems }) => ({
    row_id: newId(),
    resource_id: resourceId,
    details: { problems },
  }));
  const moment = at.toISOString();
  const { rows: counts } = await sql<{
    new_count: string;
    resolved_count: string;
  }>`with found as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found(row_id uuid, resource_id text, details jsonb)
    ), kept as (
      insert into policy_violations (id, organization_id, policy_id, resource_id, severity, details, detected_at)
      select row_id, ${policy.organizationId}::uuid, ${policy.id}::uuid, resource_id, ${policy.severity}, details,
        ${moment}::timestamptz from found
      on conflict (organization_id, policy_id, resource_id) where status <> 'resolved'
        do update set severity = excluded.severity, details = excluded.details
      returning id
    ), resolved as (
      update policy_violations set status = 'resolved', resolved_at = ${moment}::timestamptz
      where policy_id = ${policy.id}::uuid and status <> 'resolved'
        and not exists (select 1 from found where found.resource_id = policy_violations.resource_id)
      returning id
    ) select (select count(*) from kept where id in (select row_id from found)) as new_count,
      (select count(*) from resolved) as resolved_count`.execute(transaction);
  return {
    newCount: Number(counts[0]?.new_count ?? 0),
    resolvedCount: Number(counts[0]?.resolved_count ?? 0),
  };
}

export interface ViolationFilter {
  status: ViolationStatus;
  /** Part of a policy's name. */
  policyName?: string | undefined;
  severity?: PolicySeverity | undefined;
  subscriptionIds?: readonly string[] | undefined;
  /** Whatever its case. */
  resourceGroup?: string | undefined;
  resourceTypes?: readonly string[] | undefined;
  /** Lower case. */
  resourceId?: string | undefined;
}

const bySeverity = sql`array_position(array['critical', 'high', 'medium', 'low'], policy_violations.severity)`;

function matching(transaction: TenantTransaction, filter: ViolationFilter) {
  let query = transaction
    .selectFrom("policy_violations")
    .innerJoin("policies", "policies.id", "policy_violations.policy_id")
    .leftJoin("resources", "resources.resource_id", "policy_violations.resource_id")
    .where("policy_violations.status", "=", filter.status);
  if (filter.severity) query = query.where("policy_violations.severity", "=", filter.severity);
  if (filter.policyName !== undefined) {
    query = query.where(
      sql<boolean>`position(${filter.policyName.toLowerCase()} in lower(policies.name)) > 0`,
    );
  }
  if (filter.subscriptionIds)
    query = query.where("resources.subscription_id", "in", [...filter.subscriptionIds, ""]);
  if (filter.resourceGroup !== undefined) {
    query = query.where(
      sql<boolean>`lower(resources.resource_group) = ${filter.resourceGroup.trim().toLowerCase()}`,
    );
  }
  if (filter.resourceTypes)
    query = query.where("resources.resource_type", "in", [...filter.resourceTypes, ""]);
  if (filter.resourceId) query = query.where("policy_violations.resource_id", "=", filter.resourceId);
  return query;
}

/** Violations, worst and newest first. */
export async function listViolations(
  transaction: TenantTransaction,
  filter: ViolationFilter,
  page: { limit: number; offset: number },
): Promise<ViolationRow[]> {
  const rows = await matching(transaction, filter)
    .selectAll("policy_violations")
    .select([
      "policies.name as policy_name",
      "resources.name as resource_name",
      "resource_type",
      "subscription_id",
      "resource_group",
      "region",
    ])
    .orderBy(bySeverity)
    .orderBy("detected_at", "desc")
    .orderBy("policy_violations.resource_id")
    .orderBy("policy_violations.id")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    policyId: row.policy_id,
    policyName: row.policy_name,
    resourceId: row.resource_id,
    problems: row.details.problems,
    severity: row.severity,
    status: row.status,
    detectedAt: row.detected_at,
    resolvedAt: row.resolved_at,
    name: row.resource_name,
    type: row.resource_type,
    subscriptionId: row.subscription_id,
    resourceGroup: row.resource_group,
    region: row.region,
  }));
}

/** How many violations match, by policy, worst first. */
export async function countViolations(
  transaction: TenantTransaction,
  filter: ViolationFilter,
): Promise<{ policyName: string; severity: PolicySeverity; count: number }[]> {
  const rows = await matching(transaction, filter)
    .select(({ fn }) => [
      "policies.name as policy_name",
      "policy_violations.severity",
      fn.countAll<string>().as("count"),
    ])
    .groupBy(["policies.name", "policy_violations.severity"])
    .orderBy(bySeverity)
    .orderBy("count", "desc")
    .orderBy("policies.name")
    .execute();
  return rows.map((row) => ({
    policyName: row.policy_name,
    severity: row.severity,
    count: Number(row.count),
  }));
}
