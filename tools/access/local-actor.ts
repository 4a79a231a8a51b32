import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import {
  listOrganizations,
  listPeople,
  type OrganizationRow,
} from "@cloudoptima/db/queries/organizations.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { chooseOrganization } from "../service/choose-organization.ts";
import { stableId } from "./stable-id.ts";

/** The organizations of this installation; demo ones only while the demo is on. */
export async function visibleOrganizations(database: Database, demo: boolean): Promise<OrganizationRow[]> {
  const all = await listOrganizations(database);
  return all.filter((organization) => demo || !organization.demo);
}

/** Who a local process acts as; without a name in the demo's or the only organization. */
export async function findLocalActor(
  database: Database,
  demo: boolean,
  via: "local" | "mcp",
  organizationName?: string,
): Promise<Actor> {
  const organization = chooseOrganization(await visibleOrganizations(database, demo), organizationName);
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
