import { type RawBuilder, sql } from "kysely";
import type { Database, TenantTransaction } from "../client.ts";

/** What a person or the product did, ready to be sealed; text is well-formed and without NUL. */
export interface AuditFacts {
  id: string;
  organizationId: string;
  userId: string | null;
  action: string;
  outcome: "done" | "failed" | "refused";
  source: string;
  resourceType: string | null;
  resourceId: string | null;
  /** JSON, stored letter by letter. */
  details: string;
  /** As PostgreSQL writes an inet. */
  ipAddress: string | null;
  /** Seconds since 1970 with six decimals, as PostgreSQL writes the stored time. */
  epoch: string;
}

/** A row of the chain, every column as the text that the MAC is over. */
export interface ChainRow extends Omit<AuditFacts, "outcome"> {
  outcome: string;
  sequence: number;
  previousMac: string;
  mac: string;
}

export interface AuditHead {
  sequence: number;
  mac: string;
}

/**
 * Locks the organization's chain until the transaction ends, and gives what the next row needs: the row it follows,
 * the database's real time, and the address as the database writes it.
 */
export async function lockAuditHead(
  transaction: TenantTransaction,
  ipAddress: string | null,
): Promise<AuditHead & { at: Date; epoch: string; ipAddress: string | null }> {
  const { rows } = await sql<{
    sequence: string;
    mac: string;
    at: Date;
    epoch: string;
    ip: string | null;
  }>`select sequence, mac, at, extract(epoch from at)::text as epoch, ${ipAddress}::inet::text as ip
     from audit_lock_head()`.execute(transaction);
  const { sequence, mac, at, epoch, ip } = rows[0]!;
  return { sequence: Number(sequence), mac, at, epoch, ipAddress: ip };
}

/** Appends one row after the locked head; the database lets nobody change or remove it. */
export async function appendAudit(
  transaction: TenantTransaction,
  row: AuditFacts & { sequence: number; previousMac: string; mac: string; at: Date },
): Promise<void> {
  await transaction
    .insertInto("audit_log")
    .values({
      organization_id: row.organizationId,
      sequence: row.sequence,
      id: row.id,
      user_id: row.userId,
      action: row.action,
      outcome: row.outcome,
      source: row.source,
      resource_type: row.resourceType,
      resource_id: row.resourceId,
      details: row.details,
      ip_address: row.ipAddress,
      created_at: row.at.toISOString(),
      previous_mac: row.previousMac,
      mac: row.mac,
    })
    .execute();
}

/** The newest row as the database remembers it; undefined while nothing was audited. */
export async function readAuditHead(transaction: TenantTransaction): Promise<AuditHead | undefined> {
  const head = await transaction.selectFrom("audit_heads").select(["sequence", "mac"]).executeTakeFirst();
  return head && { sequence: Number(head.sequence), mac: head.mac };
}

/** The chain in its order, the next `limit` rows after one; rows with a forged second number come too. */
export async function readAuditChain(
  transaction: TenantTransaction,
  after: { sequence: number; id: string } | undefined,
  limit: number,
): Promise<ChainRow[]> {
  const { rows } = await sql<ChainRow>`
    select id, organization_id as "organizationId", sequence::float8 as sequence, user_id as "userId", action,
      outcome, source, resource_type as "resourceType", resource_id as "resourceId", details::text as details,
      ip_address::text as "ipAddress", extract(epoch from created_at)::text as epoch,
      previous_mac as "previousMac", mac
    from audit_log
    ${after ? sql`where (sequence, id) > (${after.sequence}::bigint, ${after.id}::uuid)` : sql``}
    order by audit_log.sequence, id
    limit ${limit}`.execute(transaction);
  return rows;
}

/** Which rows to list; every condition must hold, text compares without case. */
export interface AuditSearch {
  action?: string | undefined;
  outcome?: AuditFacts["outcome"] | undefined;
  /** Part of a name or e-mail address, or a whole id. */
  person?: string | undefined;
  /** Part of the resource's or proposal's id, or of what was asked for. */
  resource?: string | undefined;
  /** Half-open UTC times. */
  from?: string | undefined;
  until?: string | undefined;
}

export interface AuditListRow {
  sequence: number;
  id: string;
  time: Date;
  userId: string | null;
  /** As the person is called now; null for one who is gone or never was one. */
  personName: string | null;
  action: string;
  outcome: AuditFacts["outcome"];
  source: string;
  resourceType: string | null;
  resourceId: string | null;
  ipAddress: string | null;
  details: Record<string, unknown>;
}

/** Rows older than `before` (all, when absent), newest first. */
export async function listAudit(
  transaction: TenantTransaction,
  search: AuditSearch,
  page: { before?: number | undefined; limit: number },
): Promise<AuditListRow[]> {
  const older = page.before === undefined ? sql`` : sql`and a.sequence < ${page.before}::bigint`;
  const { rows } = await sql<AuditListRow>`
    select a.sequence::float8 as sequence, a.id, a.created_at as time, a.user_id as "userId",
      u.name as "personName", a.action, a.outcome, a.source, a.resource_type as "resourceType",
      a.resource_id as "resourceId", host(a.ip_address) as "ipAddress", a.details
    from audit_log a left join users u on u.id = a.user_id
    where ${matches(search)} ${older}
    order by a.sequence desc limit ${page.limit}`.execute(transaction);
  return rows;
}

export async function countAudit(transaction: TenantTransaction, search: AuditSearch): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::float8 as count from audit_log a left join users u on u.id = a.user_id
    where ${matches(search)}`.execute(transaction);
  return rows[0]!.count;
}

/** Every action that was ever audited, for choosing one. */
export async function listAuditActions(transaction: TenantTransaction): Promise<string[]> {
  const rows = await transaction
    .selectFrom("audit_log")
    .select("action")
    .distinct()
    .orderBy("action")
    .execute();
  return rows.map(({ action }) => action);
}

function matches(search: AuditSearch): RawBuilder<unknown> {
  const has = (column: RawBuilder<unknown>, part: string) =>
    sql`strpos(lower(${column}), lower(${part})) > 0`;
  const tests: RawBuilder<unknown>[] = [sql`true`];
  if (search.action) tests.push(sql`a.action = ${search.action}`);
  if (search.outcome) tests.push(sql`a.outcome = ${search.outcome}`);
  if (search.person) {
    const { person } = search;
    tests.push(sql`(a.user_id::text = lower(${person}) or ${has(sql`u.name`, person)}
      or ${has(sql`u.email`, person)} or ${has(sql`a.details #>> '{by,name}'`, person)})`);
  }
  if (search.resource) {
    const { resource } = search;
    tests.push(sql`(${has(sql`a.resource_id`, resource)} or ${has(sql`a.details::text`, resource)})`);
  }
  if (search.from) tests.push(sql`a.created_at >= ${search.from}::timestamptz`);
  if (search.until) tests.push(sql`a.created_at < ${search.until}::timestamptz`);
  return sql.join(tests, sql` and `);
}

/** The key that signs in this database: `keyId` from the first caller on. */
export async function claimAuditKey({ kysely }: Database, keyId: string): Promise<string> {
  await sql`insert into audit_key (key_id) values (${keyId}) on conflict do nothing`.execute(kysely);
  const { rows } = await sql<{ key_id: string }>`select key_id from audit_key`.execute(kysely);
  return rows[0]!.key_id;
}
