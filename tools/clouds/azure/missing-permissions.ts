import { z } from "zod";
import { readArmPages } from "./arm-pages.ts";
import { armPath, type ResourceManager } from "./resource-manager.ts";

const Permission = z.object({
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
  dataActions: z.array(z.string()).default([]),
  notDataActions: z.array(z.string()).default([]),
});
export type Permission = z.infer<typeof Permission>;

/** The operations that the identity's roles do not allow on a resource, by Azure's own list of its permissions there. */
export async function readMissingPermissions(
  resourceManager: ResourceManager,
  id: string,
  operations: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const path = `${armPath(id)}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
  const permissions = await readArmPages(
    resourceManager,
    `read what we may do with ${id}`,
    path,
    Permission,
    signal,
  );
  return operations.filter((operation) => !permissions.some((permission) => allows(permission, operation)));
}

/** What is done to data and not to resources: Azure keeps it in lists of its own, and an owner's `*` does not bring it. */
const dataOperation = /^microsoft\.storage\/storageaccounts\/blobservices\/containers\/blobs\//i;

/** One role allows an operation that an action names and no notAction takes away; `*` stands for anything. */
export function allows(permission: Permission, operation: string): boolean {
  const { actions, notActions, dataActions, notDataActions } = permission;
  const [given, taken] = dataOperation.test(operation)
    ? [dataActions, notDataActions]
    : [actions, notActions];
  return matchesAny(given, operation) && !matchesAny(taken, operation);
}

function matchesAny(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(operation);
  });
}
