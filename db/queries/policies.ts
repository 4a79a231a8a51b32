import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { PolicySeverity } from "../policy-schema.ts";

export interface PolicyText {
  name: string;
  description: string | null;
  severity: PolicySeverity;
  yaml: string;
  enabled: boolean;
}

export interface StoredPolicy extends PolicyText {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  /** Resources that break it now. */
  openCount: number;
}

/** Policies by name, one of them when an id is given. */
export async function listPolicies(transaction: TenantTransaction, id?: string): Promise<StoredPolicy[]> {
  let query = transaction
    .selectFrom("policies")
    .selectAll("policies")
    .select(({ selectFrom }) =>
      selectFrom("policy_violations")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .whereRef("policy_violations.policy_id", "=", "policies.id")
        .where("status", "=", "open")
        .as("open_count"),
    )
    .orderBy("name");
  if (id !== undefined) query = query.where("id", "=", id);
  return (await query.execute()).map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    severity: row.severity,
    yaml: row.policy_yaml,
    enabled: row.enabled,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    openCount: Number(row.open_count),
  }));
}

/** Adds a policy; false where another has its name. */
export async function addPolicy(
  transaction: TenantTransaction,
  organizationId: string,
  id: string,
  policy: PolicyText,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`insert into policies
      (id, organization_id, name, description, severity, policy_yaml, enabled)
    values (${id}, ${organizationId}, ${policy.name}, ${policy.description}, ${policy.severity}, ${policy.yaml}, ${policy.enabled})
    on conflict (organization_id, lower(name)) do nothing returning id`.execute(transaction);
  return rows.length > 0;
}

/** Replaces a policy; tells whether it was there, or another has its name. */
export async function replacePolicy(
  transaction: TenantTransaction,
  id: string,
  policy: PolicyText,
  at: Date,
): Promise<"replaced" | "absent" | "taken"> {
  const other = await transaction
    .selectFrom("policies")
    .select("id")
    .where(sql`lower(name)`, "=", policy.name.toLowerCase())
    .where("id", "<>", id)
    .executeTakeFirst();
  if (other) return "taken";
  const { numUpdatedRows } = await transaction
    .updateTable("policies")
    .set({
      name: policy.name,
      description: policy.description,
      severity: policy.severity,
      policy_yaml: policy.yaml,
      enabled: policy.enabled,
      updated_at: at,
    })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? "replaced" : "absent";
}

/** Deletes a policy with its violations; false where there is none. */
export async function deletePolicy(transaction: TenantTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await transaction.deleteFrom("policies").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
