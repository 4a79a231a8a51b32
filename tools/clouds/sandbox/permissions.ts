import { isWithin } from "./locks.ts";
import type { DenyAssignment, Tenant } from "./tenant/tenant-schema.ts";

/** What the one identity of the sandbox may do where. */
export interface Permissions {
  /** As Azure lists them for a resource: one entry a role, what is denied among its notActions. */
  at(id: string): { actions: string[]; notActions: string[] }[];
  /** E.g. "Microsoft.Compute/disks/delete". */
  allow(id: string, operation: string): boolean;
  /** Moves with every denial that comes or goes. */
  version(): number;
  /** Denies more while it runs; what it returns lifts that again. */
  deny(assignment: DenyAssignment): () => void;
}

export function createPermissions(tenant: Pick<Tenant, "roleAssignments" | "denyAssignments">): Permissions {
  const denials = new Set(tenant.denyAssignments);
  let version = 0;
  const at: Permissions["at"] = (id) => {
    const denied = [...denials].filter(({ scope }) => isWithin(id, scope)).flatMap(({ actions }) => actions);
    return tenant.roleAssignments
      .filter(({ scope }) => isWithin(id, scope))
      .map(({ actions, notActions }) => ({ actions: [...actions], notActions: [...notActions, ...denied] }));
  };
  return {
    at,
    allow: (id, operation) =>
      at(id).some(({ actions, notActions }) => covers(actions, operation) && !covers(notActions, operation)),
    version: () => version,
    deny(assignment) {
      denials.add(assignment);
      version++;
      return () => {
        denials.delete(assignment);
        version++;
      };
    },
  };
}

/** Whether a pattern names the operation: segments are equal, and a `*` takes any text. */
function covers(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => {
    const pieces = pattern.toLowerCase().split("*");
    const text = operation.toLowerCase();
    let from = 0;
    return pieces.every((piece, index) => {
      const last = index === pieces.length - 1;
      const found = index === 0 ? 0 : last ? text.length - piece.length : text.indexOf(piece, from);
      const fits =
        found >= from && text.startsWith(piece, found) && (!last || found + piece.length === text.length);
      from = found + piece.length;
      return fits;
    });
  });
}
