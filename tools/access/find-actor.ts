import { findKnownPerson, type KnownPerson } from "@cloudoptima/db/queries/access.ts";
import type { Actor } from "../kernel/actor.ts";
import type { AccessParts } from "./access-parts.ts";

/** A person as they are now, and who they act as; null when they, or their organization, are not here any more. */
export async function findActor(
  { access, demo }: Pick<AccessParts, "access" | "demo">,
  userId: string,
  via: Actor["via"],
): Promise<{ person: KnownPerson; actor: Actor } | null> {
  const person = await findKnownPerson(access, userId);
  if (!person || (person.organization_demo && !demo)) return null;
  return { person, actor: actorOf(person, via) };
}

export function actorOf(person: KnownPerson, via: Actor["via"]): Actor {
  return {
    userId: person.id,
    name: person.name,
    organizationId: person.organization_id,
    organizationName: person.organization_name,
    role: person.role,
    via,
  };
}
