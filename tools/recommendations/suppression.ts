import type { StoredSuppression } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { z } from "zod";
import { recommendationTypes } from "./recommendation-types.ts";

/** What is not to be recommended, and why; everything that is given must hold. */
export const Suppression = z.object({
  id: z.string(),
  type: z.string().nullable(),
  resourceId: z.string().nullable(),
  scope: z.string().nullable(),
  tagKey: z.string().nullable(),
  tagValue: z.string().nullable(),
  reason: z.string(),
  expiresAt: z.string().nullable().describe("ISO time; null: until somebody lifts it"),
  createdBy: z.string(),
  createdByName: z.string().nullable().describe("null: nobody knows the person any more"),
  createdAt: z.string(),
});
export type Suppression = z.infer<typeof Suppression>;

export const suppressionFields = {
  type: z.enum(recommendationTypes).optional().describe("Only this type; default: every type"),
  resourceId: z.string().trim().min(1).max(500).optional().describe("One resource, by its full id"),
  scope: z
    .string()
    .trim()
    .regex(
      /^\/subscriptions\/[^/]+(\/resourcegroups\/[^/]+)?\/?$/i,
      "a subscription's or resource group's id",
    )
    .optional()
    .describe("Everything in /subscriptions/… or /subscriptions/…/resourceGroups/…"),
  tagKey: z.string().trim().min(1).max(512).optional(),
  tagValue: z.string().trim().max(256).optional().describe("Default: whatever its value"),
  reason: z.string().trim().min(3).max(500),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe("Default: until somebody lifts it"),
};

export function toSuppression(stored: StoredSuppression, names: ReadonlyMap<string, string>): Suppression {
  const { expiresAt, createdAt, ...rest } = stored;
  return {
    ...rest,
    createdByName: names.get(rest.createdBy) ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

/** Whether a suppression holds for a finding of this type on this resource. */
export function isSuppressed(
  suppressions: readonly Pick<StoredSuppression, "type" | "resourceId" | "scope" | "tagKey" | "tagValue">[],
  type: string,
  resource: { id: string; tags: Readonly<Record<string, string>> },
): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return suppressions.some((one) => {
    if (one.type !== null && one.type !== type) return false;
    if (one.resourceId !== null && !same(one.resourceId, resource.id)) return false;
    if (one.scope !== null && !`${resource.id.toLowerCase()}/`.startsWith(`${one.scope.toLowerCase()}/`)) {
      return false;
    }
    const { tagKey, tagValue } = one;
    if (tagKey === null) return true;
    return Object.entries(resource.tags).some(
      ([key, value]) => same(key, tagKey) && (tagValue === null || same(value, tagValue)),
    );
  });
}
