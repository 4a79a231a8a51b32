import {
  listSubscriptionResources,
  markGoneChildren,
  markGoneOrphans,
  type StoredResource,
} from "@cloudoptima/db/queries/resources.ts";
import pLimit from "p-limit";
import type { CloudRead, CloudResource } from "../clouds/cloud.ts";
import { accountOfDiskBlob, diskBlobType } from "../clouds/disk-blob-id.ts";
import type { WriteContext } from "../kernel/context.ts";
import { keepResources } from "./keep-resources.ts";

export const storageAccountType = "microsoft.storage/storageaccounts";
// Each account has limits of its own, far above what listing it takes.
const accountsAtOnce = 8;

export interface DiskBlobScan {
  connectionId: string;
  subscriptionId: string;
  /**
   * Null lists every account; else those in which disks are known and those that the inventory has as new or changed
   * since then, when every other one was listed before and held none.
   */
  changedSince: Date | null;
  /** Runs one account, of which disks are known or none are; what fails is reported, and the others still land. */
  attempt(accountName: string, work: () => Promise<void>, hasKnown: boolean): Promise<unknown>;
  onFound(resourceCount: number): void;
}

/**
 * Refreshes the unmanaged disks of a subscription: the virtual hard disks in the storage accounts that its inventory
 * has. No change feed tells of blobs: every scan lists the accounts that hold some, a full one those without as well. An
 * account that could not be listed whole keeps what was known of it.
 */
export async function scanDiskBlobs(
  ctx: WriteContext,
  cloud: CloudRead,
  { connectionId, subscriptionId, changedSince, attempt, onFound }: DiskBlobScan,
): Promise<{ resourceCount: number; readCount: number; goneCount: number }> {
  const { organizationId } = ctx.actor;
  const seenAt = new Date(ctx.now().epochMilliseconds);
  const ofType = (type: string) =>
    ctx.read((transaction) =>
      listSubscriptionResources(transaction, subscriptionId, { types: [type], includeGone: false }),
    );
  const accounts = await ofType(storageAccountType);
  const known = new Set((await ofType(diskBlobType)).map(({ id }) => accountOfDiskBlob(id)));
  const listed = accounts.filter(
    ({ id, lastSeen }) => changedSince === null || known.has(id) || lastSeen >= changedSince,
  );
  let readCount = 0;
  let goneCount = 0;
  const limit = pLimit(accountsAtOnce);
  await Promise.all(
    listed.map((account) =>
      limit(() =>
        attempt(
          account.name,
          async () => {
            const found: CloudResource[] = [];
            for await (const page of cloud.diskBlobs(asFound(account), ctx.signal)) found.push(...page);
            if (found.length === 0 && !known.has(account.id)) return;
            // All of an account or nothing: a listing that broke off makes no disk gone.
            await ctx.write(async (transaction) => {
              await keepResources(transaction, { organizationId, connectionId, seenAt }, found, ctx.newId);
              goneCount += await markGoneChildren(transaction, account.id, diskBlobType, seenAt);
            });
            readCount += found.length;
            onFound(found.length);
          },
          known.has(account.id),
        ),
      ),
    ),
  );
  if (known.size > 0) {
    goneCount += await ctx.write((transaction) =>
      markGoneOrphans(transaction, { connectionId, subscriptionId, type: diskBlobType, seenAt }, [
        ...accounts.map(({ id }) => id),
      ]),
    );
  }
  return { resourceCount: (await ofType(diskBlobType)).length, readCount, goneCount };
}

function asFound({
  connectionId: _connectionId,
  discoveredAt: _discoveredAt,
  lastSeen: _lastSeen,
  goneAt: _goneAt,
  ...account
}: StoredResource): CloudResource {
  return { ...account, provider: "azure" };
}
