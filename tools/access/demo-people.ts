import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { listPeople } from "@cloudoptima/db/queries/organizations.ts";
import type { Role } from "../kernel/permissions.ts";
import { stableId } from "./stable-id.ts";

/** Who is in each demo organization, the first one first: a second admin, so that the two-person rule can be tried. */
export const demoPeople: readonly { mailbox: string; name: string; role: Role }[] = [
  { mailbox: "admin", name: "Demo Admin", role: "admin" },
  { mailbox: "second-admin", name: "Second Admin", role: "admin" },
  { mailbox: "member", name: "Demo Member", role: "member" },
  { mailbox: "viewer", name: "Demo Viewer", role: "viewer" },
  { mailbox: "auditor", name: "Demo Auditor", role: "auditor" },
];
const domains = ["contoso", "sunbird"] as const;
export type DemoDomain = (typeof domains)[number];

export function demoAddress(mailbox: string, domain: DemoDomain): string {
  return `${mailbox}@${domain}.example`;
}

export function demoPersonId(email: string): string {
  return stableId(`person:${email}`);
}

/** The demo's own people of an organization as they are now; nobody who was invited is among them. */
export async function demoPeopleOf(
  database: Database,
  organizationId: string,
): Promise<{ id: string; name: string; role: Role }[]> {
  const people = await withTenant(database, organizationId, { access: "read" }, listPeople);
  return demoPeople.flatMap(({ mailbox }) => {
    const ids = domains.map((domain) => demoPersonId(demoAddress(mailbox, domain)));
    return people.filter(({ id }) => ids.includes(id)).map(({ id, name, role }) => ({ id, name, role }));
  });
}
