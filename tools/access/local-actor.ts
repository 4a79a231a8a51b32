import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import {
  listOrganizations,
  listPeople,
  type OrganizationRow,
} from "@cloudoptima/db/queries/organizations.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { stableId } from "./stable-id.ts";

/** The organizations of this installation; demo ones only while the demo is on. */
export async function visibleOrganizations(database: Database, demo: boolean): Promise<OrganizationRow[]> {
  const all = await listOrganizations(database);
  return all.filter((organization) => demo || !organization.demo);
}

/** Who a local process acts as; without a name in the first organization. */
export async function findLocalActor(
  database: Database,
  demo: boolean,
  via: "local" | "mcp",
  organizationName?: string,
): Promise<Actor> {
  const organizations = await visibleOrganizations(database, demo);
  const wanted = organizationName?.trim().toLowerCase();
  const organization = organizations.find(
    ({ name, id }) => !wanted || name.toLowerCase() === wanted || id === wanted,
  );
  if (!organization) {
    throw new AppError("not_found", `There is no organization named "${organizationName ?? ""}".`, {
      hint: `There are: ${organizations.map(({ name }) => name).join(", ")}.`,
    });
  }
  const scope = { organizationId: organization.id, organizationName: organization.name };
  if (via === "mcp") {
    const userId = stableId(`assistant:${organization.id}`);
    return { ...scope, userId, name: "AI assistant", role: "viewer", via };
  }
  const people = await withTenant(database, organization.id, { access: "read" }, listPeople);
  const admin = people.find((person) => person.role === "admin");
  if (!admin) throw new AppError("not_found", `${organization.name} has no admin.`);
  return { ...scope, userId: admin.id, name: admin.name, role: "admin", via };
}
