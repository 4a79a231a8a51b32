import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { listPeople } from "@cloudoptima/db/queries/organizations.ts";
import type { Actor } from "../kernel/actor.ts";
import { visibleOrganizations } from "./local-actor.ts";

/** Who signed in with a browser, with their role as it is now; null when the person or the organization is gone. */
export async function findPerson(
  database: Database,
  demo: boolean,
  userId: string,
  organizationId: string,
): Promise<Actor | null> {
  const organization = (await visibleOrganizations(database, demo)).find(({ id }) => id === organizationId);
  if (!organization) return null;
  const people = await withTenant(database, organization.id, { access: "read" }, listPeople);
  const person = people.find(({ id }) => id === userId);
  if (!person) return null;
  return {
    userId: person.id,
    name: person.name,
    organizationId: organization.id,
    organizationName: organization.name,
    role: person.role,
    via: "session",
  };
}
