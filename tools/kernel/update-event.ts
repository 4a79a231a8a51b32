import { z } from "zod";
import type { Permission } from "./permissions.ts";

const Count = z.number().int().min(0);
const Name = z.string().max(200);

/**
 * What the product tells whoever watches, while it happens (technical-design 6.2). Ids and counts only: who may
 * see more asks for it, with the rights that asking needs. Each fits a PostgreSQL notification.
 */
export const UpdateEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("remediation_updated"),
    data: z.object({ id: z.uuid(), status: z.string().max(40) }),
  }),
  z.object({
    type: z.literal("recommendation_created"),
    /** At most the first fifty ids; `count` is of all. */
    data: z.object({ connectionName: Name, count: Count, ids: z.array(z.uuid()).max(50) }),
  }),
  z.object({
    type: z.literal("resource_discovered"),
    /** So far in this scan. */
    data: z.object({ connectionName: Name, resourceCount: Count }),
  }),
  z.object({
    type: z.literal("scan_progress"),
    data: z.object({
      connectionName: Name,
      message: z.string().max(300),
      done: Count.optional(),
      total: Count.optional(),
      unit: z.string().max(40).optional(),
      /** Its state is at GET /discovery/scans/{id}. */
      scanId: z.uuid().optional(),
      /** Of the whole scan. */
      percent: Count.max(100).optional(),
    }),
  }),
  z.object({
    type: z.literal("cost_alert"),
    data: z.object({ id: z.uuid() }),
  }),
  /** Events may have been missed: whatever is shown should be asked for again. */
  z.object({ type: z.literal("resync"), data: z.object({}) }),
]);
export type UpdateEvent = z.infer<typeof UpdateEvent>;

/** What a role must be allowed in order to be told; null: nothing. */
export const eventPermissions: Readonly<Record<UpdateEvent["type"], Permission | null>> = {
  remediation_updated: "remediation:read",
  recommendation_created: "recommendations:read",
  resource_discovered: "resources:read",
  scan_progress: "resources:read",
  cost_alert: "costs:read",
  resync: null,
};
