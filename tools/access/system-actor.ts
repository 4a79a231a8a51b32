import type { Actor } from "../kernel/actor.ts";
import { stableId } from "./stable-id.ts";

/** The product itself, for scheduled work of one organization; it shows as "system" in the audit log. */
export function systemActor(organization: { id: string; name: string }): Actor {
  return {
    userId: stableId("system"),
    name: "CloudOptima",
    organizationId: organization.id,
    organizationName: organization.name,
    role: "admin",
    via: "system",
  };
}
