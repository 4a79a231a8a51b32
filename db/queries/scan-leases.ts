import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

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
