import { z } from "zod";
import { readArmPages } from "./arm-pages.ts";
import { armPath, type ResourceManager } from "./resource-manager.ts";

const Permission = z.object({
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
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

/** One role allows an operation that an action names and no notAction takes away; `*` stands for anything. */
export function allows({ actions, notActions }: Permission, operation: string): boolean {
  return matchesAny(actions, operation) && !matchesAny(notActions, operation);
}

function matchesAny(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(operation);
  });
}
