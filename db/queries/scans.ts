import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { ScanKind, ScanStatus } from "../inventory-schema.ts";

/** A phase of a scan and how much of it is done. */
export interface ScanPhase {
  name: string;
  done: number;
  total: number;
}

export interface ScanState {
  kind: ScanKind;
  status: ScanStatus;
  percent: number;
  phases: ScanPhase[];
  counts: Record<string, unknown>;
  failures: unknown[];
}

export interface ScanRow extends ScanState {
  id: string;
  connectionId: string;
  connectionName: string;
  /** The interrupted scan that this one went on from. */
  resumes: string | null;
  startedAt: Date;
  updatedAt: Date;
  endedAt: Date | null;
}

/**
 * Begins a scan; to be called under the connection's lease, so that one still marked as running is known to be
 * dead: it is marked as interrupted, and returned as the one to go on from.
 */
export async function beginScan(
  transaction: TenantTransaction,
  scan: { id: string; organizationId: string; connectionId: string; kind: ScanKind; at: Date },
): Promise<string | null> {
  const dead = await transaction
    .updateTable("scans")
    .set({ status: "interrupted", ended_at: scan.at, updated_at: scan.at })
    .where("connection_id", "=", scan.connectionId)
    .where("status", "=", "running")
    .returning("id")
    .executeTakeFirst();
  const resumes = dead?.id ?? null;
  await transaction
    .insertInto("scans")
    .values({
      id: scan.id,
      organization_id: scan.organizationId,
      connection_id: scan.connectionId,
      kind: scan.kind,
      status: "running",
      resumes,
      started_at: scan.at,
      updated_at: scan.at,
      phases: "[]",
      counts: "{}",
      failures: "[]",
    })
    .execute();
  return resumes;
}

/** Keeps how far a running scan has come. One that was taken for dead meanwhile stays as it was marked. */
export async function updateScan(
  transaction: TenantTransaction,
  id: string,
  state: ScanState,
  at: Date,
): Promise<void> {
  await transaction
    .updateTable("scans")
    .set({
      kind: state.kind,
      status: state.status,
      percent: state.percent,
      phases: JSON.stringify(state.phases),
      counts: JSON.stringify(state.counts),
      failures: JSON.stringify(state.failures),
      updated_at: at,
      ...(state.status === "running" ? {} : { ended_at: at }),
    })
    .where("id", "=", id)
    .where("status", "=", "running")
    .execute();
}

/** Scans, newest first. */
export async function listScans(
  transaction: TenantTransaction,
  filter: { id?: string | undefined; connectionId?: string | undefined; limit: number },
): Promise<ScanRow[]> {
  let query = transaction
    .selectFrom("scans")
    .innerJoin("cloud_connections", "cloud_connections.id", "scans.connection_id")
    .selectAll("scans")
    .select("connection_name")
    .orderBy("started_at", "desc")
    .orderBy(sql`scans.ended_at desc nulls first`)
    .orderBy("scans.id")
    .limit(filter.limit);
  if (filter.id) query = query.where("scans.id", "=", filter.id);
  if (filter.connectionId) query = query.where("scans.connection_id", "=", filter.connectionId);
  return (await query.execute()).map((row) => ({
    id: row.id,
    connectionId: row.connection_id,
    connectionName: row.connection_name,
    kind: row.kind,
    status: row.status,
    resumes: row.resumes,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
    percent: row.percent,
    phases: row.phases as ScanPhase[],
    counts: row.counts,
    failures: row.failures,
  }));
}

/** Deletes scans that began before `before` and are over. Returns how many. */
export async function deleteOldScans(transaction: TenantTransaction, before: Date): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom("scans")
    .where("started_at", "<", before)
    .where("status", "<>", "running")
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** How far a subscription's inventory is known. */
export interface InventoryMark {
  fullAt: Date;
  knownUntil: Date;
}

export async function readInventoryMark(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
): Promise<InventoryMark | null> {
  const row = await transaction
    .selectFrom("inventory_marks")
    .select(["full_at", "known_until"])
    .where("connection_id", "=", connectionId)
    .where("subscription_id", "=", subscriptionId)
    .executeTakeFirst();
  return row ? { fullAt: row.full_at, knownUntil: row.known_until } : null;
}

/** Moves the mark; a full listing moves both of its moments. */
export async function writeInventoryMark(
  transaction: TenantTransaction,
  mark: { organizationId: string; connectionId: string; subscriptionId: string } & InventoryMark,
): Promise<void> {
  const moments = { full_at: mark.fullAt, known_until: mark.knownUntil };
  await transaction
    .insertInto("inventory_marks")
    .values({
      organization_id: mark.organizationId,
      connection_id: mark.connectionId,
      subscription_id: mark.subscriptionId,
      ...moments,
    })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "connection_id", "subscription_id"]).doUpdateSet(moments),
    )
    .execute();
}

/**
 * Resources that exist as far as scans know, by type, in all that a connection reads: of a subscription that two of them
 * read, either has them all.
 */
export async function countByType(
  transaction: TenantTransaction,
  connectionId: string,
): Promise<Map<string, number>> {
  return counted(
    typesOfLive(transaction).where((where) =>
      where.or([
        where("connection_id", "=", connectionId),
        where(
          "subscription_id",
          "in",
          where
            .selectFrom("inventory_marks")
            .select("inventory_marks.subscription_id")
            .where("inventory_marks.connection_id", "=", connectionId),
        ),
      ]),
    ),
  );
}

/** Resources of a subscription that scans, whoever's, have seen since a moment and that are not gone, by type. */
export async function countSeenByType(
  transaction: TenantTransaction,
  subscriptionId: string,
  since: Date,
): Promise<Map<string, number>> {
  return counted(
    typesOfLive(transaction).where("subscription_id", "=", subscriptionId).where("last_seen", ">=", since),
  );
}

function typesOfLive(transaction: TenantTransaction) {
  return transaction
    .selectFrom("resources")
    .select(({ fn }) => ["resource_type", fn.countAll<string>().as("count")])
    .where("gone_at", "is", null)
    .groupBy("resource_type")
    .orderBy("resource_type");
}

async function counted(query: ReturnType<typeof typesOfLive>): Promise<Map<string, number>> {
  return new Map((await query.execute()).map((row) => [row.resource_type, Number(row.count)]));
}
