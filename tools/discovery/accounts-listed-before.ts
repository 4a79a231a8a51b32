import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import type { ScanFailure } from "./scan-result.ts";

/**
 * Whether the scan before this one listed all storage accounts of the subscription that it had to, so that an account
 * in which it knew no disk had none. Whoever gives a missing role then need not wait for the next full scan.
 */
export async function accountsListedBefore(
  transaction: TenantTransaction,
  scanId: string,
  connectionId: string,
  subscriptionId: string,
): Promise<boolean> {
  const scans = await listScans(transaction, { connectionId, limit: 2 });
  const before = scans.find(({ id }) => id !== scanId);
  if (before?.status !== "done" && before?.status !== "partial") return false;
  return !(before.failures as ScanFailure[]).some(
    (failure) =>
      (failure.stage === "subscriptions" || failure.stage === "inventory") &&
      (failure.subscriptionId ?? subscriptionId) === subscriptionId,
  );
}
