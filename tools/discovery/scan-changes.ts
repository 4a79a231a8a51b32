import {
  keepProviderChanges,
  type ProviderChange,
  readChangesUntil,
  writeChangesUntil,
} from "@cloudoptima/db/queries/provider-changes.ts";
import type { CloudChange, CloudRead } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { changedField } from "./diff-resource.ts";

const hourMs = 3_600_000;
// Azure's feed runs minutes behind; what is told again is kept once.
const overlapMs = hourMs;
// A template that rewrites hundreds of resources tells thousands of fields: writes of bearable length.
const entriesPerWrite = 1_000;

/**
 * Reads who changed what in a subscription since the last time, or as far back as the cloud tells, into the history of
 * its resources; to be called when the inventory is in. Nothing is taken as read where a page was lost.
 */
export async function scanChanges(
  ctx: WriteContext,
  cloud: CloudRead,
  { connectionId, subscriptionId }: { connectionId: string; subscriptionId: string },
): Promise<void> {
  const until = new Date(ctx.now().epochMilliseconds);
  const known = await ctx.read((transaction) => readChangesUntil(transaction, connectionId, subscriptionId));
  const earliest = until.getTime() - cloud.changesKeptDays * 24 * hourMs;
  const since = Math.max(earliest, (known?.getTime() ?? 0) - overlapMs);
  const from = Temporal.Instant.fromEpochMilliseconds(Math.min(since, until.getTime()));
  for await (const page of cloud.changeHistory([subscriptionId], from, ctx.signal)) {
    const entries = page.flatMap(entriesOf);
    for (let start = 0; start < entries.length; start += entriesPerWrite) {
      const batch = entries.slice(start, start + entriesPerWrite);
      await ctx.write((transaction) => keepProviderChanges(transaction, ctx.actor.organizationId, batch));
    }
  }
  await ctx.write((transaction) => writeChangesUntil(transaction, { connectionId, subscriptionId, until }));
}

const wholeKinds = { created: "created", deleted: "gone" } as const;

/** As the history keeps it; what moves by itself (etags, moments, states on the way) is left out as of scans. */
function entriesOf(change: CloudChange): ProviderChange[] {
  const { id, at, resourceId, resourceType, kind, changedBy, client, operation } = change;
  const common = {
    providerId: id,
    at: at.toString(),
    resourceId,
    resourceType,
    changedBy,
    client,
    operation,
  };
  if (kind !== "updated") {
    return [{ ...common, kind: wholeKinds[kind], field: null, category: null, from: null, to: null }];
  }
  return change.fields.flatMap(({ field, from, to }) => {
    const told = changedField(field, from, to);
    return told ? { ...common, ...told, kind: "updated" as const } : [];
  });
}
