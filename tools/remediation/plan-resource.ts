import type { CloudLock, CloudRead, LiveResource } from "../clouds/cloud.ts";
import type { ReadContext } from "../kernel/context.ts";
import type { Action, ActionReader, JsonRecord, PlannedChange } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";

export interface PlannedResource {
  live: LiveResource;
  change: PlannedChange;
  driftFields: JsonRecord;
}

/** Plans one resource's change from what the cloud says at this moment, not from the inventory. */
export async function planResource(
  action: Action,
  cloud: CloudRead,
  resourceId: string,
  input: Record<string, unknown>,
  { now, realNow, signal }: Pick<ReadContext, "now" | "realNow" | "signal">,
): Promise<PlannedResource> {
  const live = await cloud.resource(resourceId, signal);
  if (!live) {
    throw new AppError("not_found", `${resourceId} does not exist any more.`, {
      hint: "Scan again: the inventory is older than its deletion.",
    });
  }
  const reader: ActionReader = { cloud, now, realNow, signal, locks: await cloud.locks(resourceId, signal) };
  refuseLocked(action, live, reader.locks);
  const change = await action.plan(reader, live, input);
  const driftFields = action.apply.driftFields(live, change.parameters);
  const against = await action.apply.checkEvidence(reader, live, change.parameters);
  if (against)
    throw new AppError("conflict", `${live.name}: ${against}`, { hint: "Nothing was proposed for it." });
  return { live, change, driftFields };
}

/** Locks that cover a resource; one that does not exist (any more) is covered by its group's. */
export function locksOver(
  cloud: CloudRead,
  resourceId: string,
  exists: boolean,
  signal: AbortSignal,
): Promise<CloudLock[]> {
  return cloud.locks(exists ? resourceId : resourceId.slice(0, resourceId.indexOf("/providers/")), signal);
}

/** Azure would refuse it too, but only after people had approved it. */
export function lockThatForbids(
  action: Pick<Action, "operations">,
  locks: readonly CloudLock[],
): CloudLock | undefined {
  const deletes = action.operations.some((operation) => operation.toLowerCase().endsWith("/delete"));
  return locks.find((lock) => lock.level === "ReadOnly" || deletes);
}

function refuseLocked(action: Action, live: LiveResource, locks: readonly CloudLock[]): void {
  const lock = lockThatForbids(action, locks);
  if (!lock) return;
  throw new AppError("conflict", `${live.name} is locked (${lock.level}).`, {
    hint: `Somebody put the lock there on purpose: ${lock.id}`,
  });
}
