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

/** How the last scan ended: what a person sees beside the connection. */
export interface LastScan {
  /** ISO time, real clock. */
  at: string;
  status: "done" | "partial" | "failed";
  failures: ScanShortcoming[];
  /** What the identity was never let do; absent from older scans. */
  notGranted?: ScanShortcoming[];
}

interface ScanShortcoming {
  subscriptionName: string | null;
  stage: string;
  message: string;
  hint: string | null;
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
