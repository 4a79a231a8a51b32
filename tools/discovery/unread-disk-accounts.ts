import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { ScanFailure } from "./scan-result.ts";

/** Whose unmanaged disks the last scans could not list, in sentences, or null: a count without them is no zero. */
export async function unreadDiskAccounts(transaction: TenantTransaction): Promise<string | null> {
  const told: string[] = [];
  for (const { id } of await listConnections(transaction)) {
    const [latest] = await listScans(transaction, { connectionId: id, limit: 1 });
    for (const { resourceType, message, hint } of (latest?.failures ?? []) as ScanFailure[]) {
      if (resourceType === diskBlobType) told.push([message, hint].filter(Boolean).join(" "));
    }
  }
  return told.length === 0 ? null : [...new Set(told)].join(" ");
}
