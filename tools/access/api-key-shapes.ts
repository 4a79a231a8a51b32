import type { ListedApiKey } from "@cloudoptima/db/queries/api-keys.ts";
import { z } from "zod";
import { RoleName } from "./access-shapes.ts";

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  role: RoleName,
  /** The first characters, to tell one from another. */
  start: z.string(),
  createdAt: z.string(),
  /** ISO time; null: it does not expire. */
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

export function toApiKey(row: ListedApiKey): z.infer<typeof ApiKey> {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    start: row.start ?? "",
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_request?.toISOString() ?? null,
  };
}
