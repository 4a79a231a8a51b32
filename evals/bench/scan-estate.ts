import type { RunningSandbox } from "@cloudoptima/tools/clouds/sandbox/start-sandbox.ts";
import { storageAccountType } from "@cloudoptima/tools/discovery/scan-disk-blobs.ts";

/** What somebody did to an estate between two scans. */
export interface EstateChanges {
  updated: number;
  created: number;
  deleted: number;
}

/** Changes so many resources, spread over the whole estate but for its storage accounts: of ten, eight get other tags, one goes, one is made. */
export function changeShare(estate: RunningSandbox["estate"], count: number): EstateChanges {
  // A storage account is an address as well, and the sandbox serves those that it began with.
  const all = estate.resources().filter(({ type }) => type.toLowerCase() !== storageAccountType);
  const changes: EstateChanges = { updated: 0, created: 0, deleted: 0 };
  for (let index = 0; index < count; index++) {
    const resource = all[Math.floor((index * all.length) / count)]!;
    if (index % 10 === 0) {
      estate.delete(resource.id);
      changes.deleted++;
    } else if (index % 10 === 1) {
      estate.put({ ...resource, id: `${resource.id}-new`, name: `${resource.name}-new` });
      changes.created++;
    } else {
      estate.put({ ...resource, tags: { ...resource.tags, Reviewed: "2026-10-14" } });
      changes.updated++;
    }
  }
  return changes;
}
