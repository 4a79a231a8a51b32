import { z } from "zod";
import type { CloudLock } from "../cloud.ts";
import { readArmPages } from "./arm-pages.ts";
import { armPath, type ResourceManager } from "./resource-manager.ts";

const Lock = z.object({
  id: z.string(),
  // A level that we do not know must stop us as the strictest known one does.
  properties: z.object({ level: z.enum(["CanNotDelete", "ReadOnly"]).catch("ReadOnly") }),
});

/**
 * Locks at the resource's scope and above (group, subscription): `atScope()` leaves out those below it.
 * The SDK's own package for this one GET (arm-locks) is of the old generation and has not moved since 2022.
 */
export async function readLocks(
  resourceManager: ResourceManager,
  id: string,
  signal: AbortSignal,
): Promise<CloudLock[]> {
  const path = `${armPath(id)}/providers/Microsoft.Authorization/locks?api-version=2016-09-01&$filter=atScope()`;
  const found = await readArmPages(resourceManager, `read the locks of ${id}`, path, Lock, signal);
  return found.map((lock) => ({ id: lock.id.toLowerCase(), level: lock.properties.level }));
}
