import { listUnseenResources, markGone, type UnseenResource } from "@cloudoptima/db/queries/resources.ts";
import {
  countSeenByType,
  type InventoryMark,
  readInventoryMark,
  writeInventoryMark,
} from "@cloudoptima/db/queries/scans.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { keepResources } from "./keep-resources.ts";
import { noLongerReadable } from "./no-longer-readable.ts";

/** auto: what changed, and everything once a day; incremental: what changed for as long as the cloud keeps it. */
export type ScanMode = "auto" | "full" | "incremental";

export interface InventoryResult {
  kind: "full" | "incremental";
  /** All that there are, also where only what changed was read. */
  resourceCount: number;
  /** Resources that were read. */
  readCount: number;
  goneCount: number;
  /** What was known and can no longer be read; the rest is complete. */
  unreadable: AppError | null;
}

/** A subscription's inventory, and who hears how many resources each page brought. */
export interface InventoryScan {
  connectionId: string;
  subscriptionId: string;
  mode: ScanMode;
  onFound(resourceCount: number): void;
}

const hourMs = 3_600_000;
// Changes that reach Azure's feed late, or that it lost, stay unseen for a day at most.
const fullEveryMs = 24 * hourMs;
// Azure's feed runs minutes behind; reading a change twice keeps nothing twice.
const overlapMs = hourMs / 2;

/**
 * Refreshes one subscription's inventory, by what changed where that is enough. It is not where the cloud's own
 * counts then differ from ours: everything is listed again.
 */
export async function scanInventory(
  ctx: WriteContext,
  cloud: CloudRead,
  scan: InventoryScan,
): Promise<InventoryResult> {
  const mark = await ctx.read((transaction) =>
    readInventoryMark(transaction, scan.connectionId, scan.subscriptionId),
  );
  if (mark && reachesBack(scan.mode, mark, ctx.now().epochMilliseconds, cloud.changesKeptDays)) {
    const { complete, ...changed } = await scanChanges(ctx, cloud, scan, mark);
    if (complete) return changed;
    ctx.log.info({ subscriptionId: scan.subscriptionId }, "changes did not add up; listing everything");
    const all = await scanEverything(ctx, cloud, scan);
    return { ...all, goneCount: all.goneCount + changed.goneCount };
  }
  return scanEverything(ctx, cloud, scan);
}

/** Whether what changed since the mark is still told, and recent enough for this mode. */
export function reachesBack(
  mode: ScanMode,
  { fullAt, knownUntil }: InventoryMark,
  nowMs: number,
  changesKeptDays: number,
): boolean {
  const sinceFullMs = nowMs - fullAt.getTime();
  const sinceKnownMs = nowMs - knownUntil.getTime() + overlapMs;
  // A clock that was moved back knows nothing of what came between.
  if (mode === "full" || sinceFullMs < 0 || nowMs < knownUntil.getTime()) return false;
  if (sinceKnownMs >= changesKeptDays * 24 * hourMs) return false;
  return mode === "incremental" || sinceFullMs < fullEveryMs;
}

/** Not complete when the cloud's counts show that more has changed than it told. */
async function scanChanges(
  ctx: WriteContext,
  cloud: CloudRead,
  { connectionId, subscriptionId, onFound }: InventoryScan,
  mark: InventoryMark,
): Promise<InventoryResult & { complete: boolean }> {
  const { organizationId } = ctx.actor;
  const seenAt = new Date(ctx.now().epochMilliseconds);
  const since = Temporal.Instant.fromEpochMilliseconds(mark.knownUntil.getTime() - overlapMs);
  let readCount = 0;
  let goneCount = 0;
  for await (const { items, goneIds } of cloud.changesSince([subscriptionId], since, ctx.signal)) {
    goneCount += await ctx.write(async (transaction) => {
      await keepResources(transaction, { organizationId, connectionId, seenAt }, items, ctx.newId);
      return markGone(transaction, goneIds, seenAt);
    });
    readCount += items.length;
    onFound(items.length);
  }
  const theirs = await cloud.resourceCounts([subscriptionId], ctx.signal);
  // What the identity can no longer read is not among them, and Azure does not count it for it either.
  const ours = await ctx.read((transaction) => countSeenByType(transaction, subscriptionId, mark.fullAt));
  // Blobs are no resources to Azure: it counts none.
  ours.delete(diskBlobType);
  const resourceCount = [...ours.values()].reduce((sum, count) => sum + count, 0);
  const result = { kind: "incremental" as const, resourceCount, readCount, goneCount, unreadable: null };
  if (!sameCounts(theirs, ours)) return { ...result, complete: false };
  const unseen = await readUnseen(ctx, subscriptionId, mark.fullAt);
  await ctx.write((transaction) =>
    writeInventoryMark(transaction, {
      organizationId,
      connectionId,
      subscriptionId,
      fullAt: mark.fullAt,
      knownUntil: seenAt,
    }),
  );
  return { ...result, unreadable: noLongerReadable(ownedBy(unseen, connectionId)), complete: true };
}

/**
 * Lists everything. Nothing is marked as gone unless the listing was complete (the connector throws on a lost page, and
 * the count is checked once more here), nor unless the cloud says of what is missing that it does not exist: a listing
 * leaves out in silence what the identity may no longer read.
 */
async function scanEverything(
  ctx: WriteContext,
  cloud: CloudRead,
  { connectionId, subscriptionId, onFound }: InventoryScan,
): Promise<InventoryResult> {
  const { organizationId } = ctx.actor;
  const seenAt = new Date(ctx.now().epochMilliseconds);
  let resourceCount = 0;
  let total = 0;
  for await (const page of cloud.resources([subscriptionId], ctx.signal)) {
    await ctx.write((transaction) =>
      keepResources(transaction, { organizationId, connectionId, seenAt }, page.items, ctx.newId),
    );
    resourceCount += page.items.length;
    onFound(page.items.length);
    total = page.total;
  }
  if (resourceCount !== total) {
    throw new AppError("unavailable", `The cloud counts ${total} resources but delivered ${resourceCount}.`, {
      hint: "Scan again; nothing was marked as gone.",
    });
  }
  const missing = await readUnseen(ctx, subscriptionId, seenAt);
  const goneIds = new Set(missing.length === 0 ? [] : await cloud.findGone(missing, ctx.signal));
  const kept = missing.filter(({ id }) => !goneIds.has(id));
  // Another connection may read what this one never could.
  const unreadable = noLongerReadable(ownedBy(kept, connectionId), total === 0);
  const goneCount = await ctx.write(async (transaction) => {
    // Nothing at all is no inventory to judge, or to go on from, while there is something.
    if (total > 0 || !unreadable) {
      const marks = { organizationId, connectionId, subscriptionId, fullAt: seenAt, knownUntil: seenAt };
      await writeInventoryMark(transaction, marks);
    }
    return markGone(transaction, [...goneIds], seenAt);
  });
  if (total === 0 && unreadable) throw unreadable;
  return { kind: "full", resourceCount, readCount: resourceCount, goneCount, unreadable };
}

function readUnseen(ctx: WriteContext, subscriptionId: string, since: Date): Promise<UnseenResource[]> {
  // Blobs are listed by other means.
  const exceptTypes = [diskBlobType];
  return ctx.read((transaction) => listUnseenResources(transaction, { subscriptionId, since, exceptTypes }));
}

function ownedBy(resources: readonly UnseenResource[], connection: string): UnseenResource[] {
  return resources.filter(({ connectionId }) => connectionId === connection);
}

function sameCounts(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([type, count]) => right.get(type) === count);
}
