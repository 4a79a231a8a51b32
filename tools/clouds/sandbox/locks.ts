import type { Lock } from "./tenant/tenant-schema.ts";

/** The management locks of a tenant as they stand now. */
export interface Locks {
  /** At the scope or above it; with `below`, also on what is inside. */
  list(scope: string, options?: { below?: boolean }): Lock[];
  /** The lock that forbids it, if any. */
  against(id: string, verb: "write" | "delete"): Lock | undefined;
  get(scope: string, name: string): Lock | undefined;
  put(lock: Lock): void;
  delete(scope: string, name: string): boolean;
}

export function createLocks(planted: readonly Lock[]): Locks {
  const locks = new Map<string, Lock>();
  const keyOf = (scope: string, name: string) => `${scope}#${name}`.toLowerCase();
  for (const lock of planted) locks.set(keyOf(lock.scope, lock.name), lock);

  const list: Locks["list"] = (scope, { below = false } = {}) =>
    [...locks.values()].filter(
      (lock) => isWithin(scope, lock.scope) || (below && isWithin(lock.scope, scope)),
    );
  return {
    list,
    // ReadOnly forbids every change; a lock on something inside forbids to delete what is around it.
    against: (id, verb) =>
      list(id, { below: verb === "delete" }).find((lock) => verb === "delete" || lock.level === "ReadOnly"),
    get: (scope, name) => locks.get(keyOf(scope, name)),
    put: (lock) => void locks.set(keyOf(lock.scope, lock.name), lock),
    delete: (scope, name) => locks.delete(keyOf(scope, name)),
  };
}

/** Whether an id is the scope itself or inside it; "/" holds everything. */
export function isWithin(id: string, scope: string): boolean {
  const inner = id.toLowerCase();
  const outer = scope.toLowerCase().replace(/\/$/, "");
  return inner === outer || inner.startsWith(`${outer}/`);
}
