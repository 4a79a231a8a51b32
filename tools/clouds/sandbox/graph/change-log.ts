import { stableUuid } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";

/** One change of a resource, as the inventory showed it before and after. */
export interface EstateChange {
  /** Of the change itself. */
  id: string;
  at: Temporal.Instant;
  changeType: "Create" | "Update" | "Delete";
  before: Resource | undefined;
  after: Resource | undefined;
}

/** What happened to an estate since it was started, oldest first. */
export interface ChangeLog {
  record(at: Temporal.Instant, before: Resource | undefined, after: Resource | undefined): void;
  entries(): readonly EstateChange[];
}

export function createChangeLog(seed: string): ChangeLog {
  const entries: EstateChange[] = [];
  return {
    entries: () => entries,
    record(at, before, after) {
      // A PUT that asks for what is there already changes nothing, and Azure tells of nothing.
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      const id = stableUuid(seed, "change", entries.length);
      const changeType = !before ? "Create" : after ? "Update" : "Delete";
      entries.push({ id, at, changeType, before, after });
    },
  };
}
