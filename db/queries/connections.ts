import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

export type ConnectionKind = "azure" | "sandbox" | "focus";

export interface ConnectionRow {
  id: string;
  name: string;
  kind: ConnectionKind;
  provider: "azure" | "aws" | "gcp" | "oci" | "other";
  status: "active" | "error" | "disconnected";
  lastSync: Date | null;
  settings: Record<string, unknown>;
  /** What an azure connection signs in as; null for the others, and the host's own where nothing was said. */
  identity: "host" | "service_principal" | null;
  azureCloud: AzureCloud | null;
  tenantId: string | null;
  clientId: string | null;
  hasCredentials: boolean;
  createdAt: Date;
  /** Set: a person ended it; what was read stays. */
  disconnectedAt: Date | null;
}
type AzureCloud = "AzureCloud" | "AzureUSGovernment" | "AzureChinaCloud";

/** What of a connection a person chooses. */
export interface ConnectionIdentity {
  identity: "host" | "service_principal";
  azureCloud: AzureCloud;
  tenantId: string | null;
  clientId: string | null;
  credentials: string | null;
}

/** The organization's connections by name; never their credentials. */
export async function listConnections(transaction: TenantTransaction): Promise<ConnectionRow[]> {
  const rows = await transaction
    .selectFrom("cloud_connections")
    .select([
      "id",
      "connection_name",
      "kind",
      "cloud_provider",
      "status",
      "last_sync",
      "settings",
      "identity",
      "azure_cloud",
      "tenant_id",
      "client_id",
      "created_at",
      "disconnected_at",
    ])
    .select((row) => row("credentials_encrypted", "is not", null).as("has_credentials"))
    .orderBy("connection_name")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.connection_name,
    kind: row.kind,
    provider: row.cloud_provider,
    status: row.status,
    lastSync: row.last_sync,
    settings: row.settings,
    identity: row.kind === "azure" ? (row.identity ?? "host") : null,
    azureCloud: row.azure_cloud,
    tenantId: row.tenant_id,
    clientId: row.client_id,
    hasCredentials: Boolean(row.has_credentials),
    createdAt: row.created_at,
    disconnectedAt: row.disconnected_at,
  }));
}

export async function findConnection(
  transaction: TenantTransaction,
  id: string,
): Promise<ConnectionRow | undefined> {
  return (await listConnections(transaction)).find((connection) => connection.id === id);
}

/** Adds a connection; false when the organization already has one of that name. */
export async function addConnection(
  transaction: TenantTransaction,
  connection: {
    id: string;
    organizationId: string;
    name: string;
    kind: ConnectionKind;
    provider: ConnectionRow["provider"];
    settings: Record<string, unknown>;
    identity?: ConnectionIdentity;
  },
): Promise<boolean> {
  const added = await transaction
    .insertInto("cloud_connections")
    .values({
      id: connection.id,
      organization_id: connection.organizationId,
      connection_name: connection.name,
      kind: connection.kind,
      cloud_provider: connection.provider,
      settings: JSON.stringify(connection.settings),
      ...(connection.identity ? identityColumns(connection.identity) : {}),
    })
    .onConflict((conflict) => conflict.columns(["organization_id", "connection_name"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return added !== undefined;
}

/** Removes a connection that nothing refers to yet. */
export async function removeConnection(transaction: TenantTransaction, id: string): Promise<void> {
  await transaction.deleteFrom("cloud_connections").where("id", "=", id).execute();
}

function identityColumns({ identity, azureCloud, tenantId, clientId, credentials }: ConnectionIdentity) {
  return {
    identity,
    azure_cloud: azureCloud,
    tenant_id: tenantId,
    client_id: clientId,
    credentials_encrypted: credentials,
  };
}

/** Renames a connection or gives it other credentials, which connects it again; false when the name is taken. */
export async function updateConnection(
  transaction: TenantTransaction,
  id: string,
  change: { name: string; identity?: ConnectionIdentity; reconnect: boolean },
): Promise<boolean> {
  const taken = await transaction
    .selectFrom("cloud_connections")
    .select("id")
    .where("connection_name", "=", change.name)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (taken) return false;
  await transaction
    .updateTable("cloud_connections")
    .set({
      connection_name: change.name,
      updated_at: sql`now()`,
      ...(change.reconnect ? { disconnected_at: null, status: "active" as const } : {}),
      ...(change.identity ? identityColumns(change.identity) : {}),
    })
    .where("id", "=", id)
    .execute();
  return true;
}

/** Ends a connection: its credentials are erased, all that was read through it stays. */
export async function disconnectConnection(
  transaction: TenantTransaction,
  id: string,
  at: Date,
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ credentials_encrypted: null, status: "disconnected", disconnected_at: at, updated_at: at })
    .where("id", "=", id)
    .execute();
}

/** Records how a scan ended, unless a person ended the connection meanwhile. `lastSync` stays when null. */
export async function markConnection(
  transaction: TenantTransaction,
  id: string,
  status: ConnectionRow["status"],
  lastSync: Date | null,
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ status, ...(lastSync ? { last_sync: lastSync } : {}) })
    .where("id", "=", id)
    .where("disconnected_at", "is", null)
    .execute();
}

/** Who is scanning a connection now; real clock, because it guards against a second process. */
export interface ScanLease {
  scanId: string;
  host: string;
  pid: number;
  /** ISO time after which the holder is taken for dead. */
  until: string;
}

/** The current lease, the row locked for the rest of the transaction, so that only one can take it over. */
export async function lockScanLease(
  transaction: TenantTransaction,
  connectionId: string,
): Promise<ScanLease | null> {
  const row = await transaction
    .selectFrom("cloud_connections")
    .select("settings")
    .where("id", "=", connectionId)
    .forUpdate()
    .executeTakeFirst();
  return (row?.settings.scanLease as ScanLease | undefined) ?? null;
}

/** Gives the lease to a scan, whoever had it; false where a person ended or removed the connection. */
export async function writeScanLease(
  transaction: TenantTransaction,
  connectionId: string,
  lease: ScanLease,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings || ${JSON.stringify({ scanLease: lease })}::jsonb` })
    .where("id", "=", connectionId)
    .where("disconnected_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether a scan still has its connection: nobody ended or removed it, and no other scan took its lease. */
export async function holdsScanLease(
  transaction: TenantTransaction,
  connectionId: string,
  scanId: string,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("cloud_connections")
    .select("id")
    .where("id", "=", connectionId)
    .where(hasLease(scanId))
    .where("disconnected_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Prolongs the lease of a scan; false where another has it by now, or a person ended the connection. */
export async function renewScanLease(
  transaction: TenantTransaction,
  connectionId: string,
  lease: ScanLease,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings || ${JSON.stringify({ scanLease: lease })}::jsonb` })
    .where("id", "=", connectionId)
    .where(hasLease(lease.scanId))
    .where("disconnected_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends the lease of a scan, where it still has it. */
export async function endScanLease(
  transaction: TenantTransaction,
  connectionId: string,
  scanId: string,
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings - 'scanLease'` })
    .where("id", "=", connectionId)
    .where(hasLease(scanId))
    .execute();
}

const hasLease = (scanId: string) => sql<boolean>`settings -> 'scanLease' ->> 'scanId' = ${scanId}`;

/** How the last scan ended: what a person sees beside the connection. */
export interface LastScan {
  /** ISO time, real clock. */
  at: string;
  status: "done" | "partial" | "failed";
  failures: { subscriptionName: string | null; stage: string; message: string; hint: string | null }[];
}

export async function writeLastScan(
  transaction: TenantTransaction,
  connectionId: string,
  lastScan: LastScan,
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings || ${JSON.stringify({ lastScan })}::jsonb` })
    .where("id", "=", connectionId)
    .execute();
}

/** Where the connection's costs are read from at the next scan. */
export async function writeCostSource(
  transaction: TenantTransaction,
  connectionId: string,
  costSource: { kind: string },
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings || ${JSON.stringify({ costSource })}::jsonb` })
    .where("id", "=", connectionId)
    .execute();
}

/** Names of the subscriptions as the last scan saw them, by id. */
export async function readSubscriptionNames(transaction: TenantTransaction): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { settings } of await listConnections(transaction)) {
    for (const [id, name] of Object.entries((settings.subscriptions ?? {}) as Record<string, string>)) {
      names.set(id, name);
    }
  }
  return names;
}

export async function writeSubscriptionNames(
  transaction: TenantTransaction,
  connectionId: string,
  names: Record<string, string>,
): Promise<void> {
  await transaction
    .updateTable("cloud_connections")
    .set({ settings: sql<string>`settings || ${JSON.stringify({ subscriptions: names })}::jsonb` })
    .where("id", "=", connectionId)
    .execute();
}

/** A billing month of a subscription as it was last read. */
export interface LoadedMonth {
  loadedAt: Date;
  /** 0: the cloud had no costs in it. */
  rowCount: number;
}

/** What was read of a subscription, by first day of the billing month. */
export async function readLoadedMonths(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
): Promise<Map<string, LoadedMonth>> {
  const rows = await transaction
    .selectFrom("cost_deliveries")
    .select(["period_start", "loaded_at", "row_count"])
    .where("connection_id", "=", connectionId)
    .where("scope", "=", subscriptionId)
    .where("status", "=", "published")
    .execute();
  const months = new Map<string, LoadedMonth>();
  const connection = await findConnection(transaction, connectionId);
  const empty = (connection?.settings.emptyMonths ?? {}) as Record<string, string>;
  for (const [key, readAt] of Object.entries(empty)) {
    const [subscription, month] = key.split(" ");
    if (subscription === subscriptionId && month)
      months.set(month, { loadedAt: new Date(readAt), rowCount: 0 });
  }
  for (const row of rows) {
    months.set(row.period_start, { loadedAt: row.loaded_at, rowCount: Number(row.row_count) });
  }
  return months;
}

/**
 * Notes that months were read at `at`, also those whose costs had not changed (the loader keeps their old
 * time) and those without any (it keeps nothing): else each scan would read them again.
 */
export async function markMonthsRead(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
  months: readonly string[],
  at: Date,
): Promise<void> {
  const updated = await transaction
    .updateTable("cost_deliveries")
    .set({ loaded_at: at })
    .where("connection_id", "=", connectionId)
    .where("scope", "=", subscriptionId)
    .where("status", "=", "published")
    .where("period_start", "in", [...months])
    .returning("period_start")
    .execute();
  const withCosts = new Set(updated.map((row) => row.period_start));
  const empty = months.filter((month) => !withCosts.has(month));
  if (empty.length === 0) return;
  const read = Object.fromEntries(empty.map((month) => [`${subscriptionId} ${month}`, at.toISOString()]));
  await transaction
    .updateTable("cloud_connections")
    .set({
      settings: sql<string>`jsonb_set(settings, '{emptyMonths}',
        coalesce(settings -> 'emptyMonths', '{}') || ${JSON.stringify(read)}::jsonb)`,
    })
    .where("id", "=", connectionId)
    .execute();
}
