import { sql } from "kysely";
import type { Database, TenantTransaction } from "../client.ts";

export interface OrganizationRow {
  id: string;
  name: string;
  demo: boolean;
  time_zone: string;
}

export interface PersonRow {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  role: "admin" | "member" | "viewer" | "auditor";
}

/** All organizations, real ones first. Before a tenant is known: for the operator and the sign-in page only. */
export async function listOrganizations({ kysely }: Database): Promise<OrganizationRow[]> {
  const { rows } = await sql<OrganizationRow>`
    select id, name, demo, time_zone from access.list_organizations()`.execute(kysely);
  return rows;
}

/** False when an organization of this id or name exists already; it then stays as it is. */
export async function createOrganization(
  { kysely }: Database,
  organization: { id: string; name: string; demo: boolean; retentionExempt: boolean },
): Promise<boolean> {
  const { id, name, demo, retentionExempt } = organization;
  const { rows } = await sql<{ created: boolean }>`
    select access.create_organization(${id}, ${name}, ${demo}, ${retentionExempt}) as created`.execute(
    kysely,
  );
  return rows[0]?.created ?? false;
}

/** The transaction's own organization. */
export function readOrganization(transaction: TenantTransaction): Promise<{
  id: string;
  name: string;
  demo: boolean;
  time_zone: string;
  retention_exempt: boolean;
  settings: Record<string, unknown>;
}> {
  return transaction
    .selectFrom("organizations")
    .select(["id", "name", "demo", "time_zone", "retention_exempt", "settings"])
    .executeTakeFirstOrThrow();
}

/** The IANA time zone in which the transaction's organization keeps office hours. */
export async function readTimeZone(transaction: TenantTransaction): Promise<string> {
  const row = await transaction.selectFrom("organizations").select("time_zone").executeTakeFirstOrThrow();
  return row.time_zone;
}

/** Lets only one transaction at a time read settings in order to change them: another's stop must not get lost. */
export async function lockOrganization(transaction: TenantTransaction): Promise<void> {
  await transaction.selectFrom("organizations").select("id").forUpdate().execute();
}

/** Changes columns of the transaction's own organization. */
export async function updateOrganization(
  transaction: TenantTransaction,
  change: { time_zone: string; retention_exempt: boolean; updated_at: Date },
): Promise<void> {
  await transaction.updateTable("organizations").set(change).execute();
}

/** Replaces one part of the organization's settings; the others stay. */
export async function writeSettings(
  transaction: TenantTransaction,
  part: string,
  value: Record<string, unknown>,
): Promise<void> {
  await transaction
    .updateTable("organizations")
    .set({ settings: sql`settings || ${JSON.stringify({ [part]: value })}::jsonb` })
    .execute();
}

/** The organization's people, admins first. */
export function listPeople(transaction: TenantTransaction): Promise<PersonRow[]> {
  return transaction
    .selectFrom("users")
    .select(["id", "organization_id", "email", "name", "role"])
    .orderBy("role")
    .orderBy("email")
    .execute();
}

/** Adds people; those who are there already stay as they are, also under another address. */
export async function addPeople(transaction: TenantTransaction, people: readonly PersonRow[]): Promise<void> {
  await transaction
    .insertInto("users")
    .values([...people])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
