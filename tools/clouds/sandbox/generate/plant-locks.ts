import type { Lock, Resource } from "../tenant/tenant-schema.ts";

/** Locks that a careful platform team sets: on what disaster recovery needs, never on what was planted as waste. */
export function plantedLocks(resources: readonly Resource[]): Lock[] {
  return resources.flatMap(({ id, name }): Lock[] => {
    if (/^asrseeddisk-/.test(name)) {
      return [{ scope: id, name: "keep-replica", level: "CanNotDelete", notes: "Site Recovery needs it." }];
    }
    if (/^vm-warehouse-dr-/.test(name)) {
      return [
        { scope: id, name: "keep-standby", level: "ReadOnly", notes: "Changed by a failover test only." },
      ];
    }
    return [];
  });
}
