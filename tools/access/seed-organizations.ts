import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import {
  addPeople,
  createOrganization,
  listOrganizations,
  type PersonRow,
} from "@cloudoptima/db/queries/organizations.ts";
import { type DemoDomain, demoAddress, demoPeople, demoPersonId } from "./demo-people.ts";
import { stableId } from "./stable-id.ts";

export const contoso = { id: stableId("organization:contoso"), name: "Contoso" };
export const sunBird = { id: stableId("organization:sunbird"), name: "SunBird" };

/** Makes the demo organizations and their people, or one empty organization; repeating it changes nothing. */
export async function seedOrganizations(database: Database, demo: boolean): Promise<void> {
  if (demo) {
    await seed(database, { ...contoso, demo: true, retentionExempt: false }, demoTeam(contoso.id, "contoso"));
    // The sample is of September 2024: retention would remove it at once.
    await seed(database, { ...sunBird, demo: true, retentionExempt: true }, demoTeam(sunBird.id, "sunbird"));
    return;
  }
  const existing = await listOrganizations(database);
  if (existing.some((organization) => !organization.demo)) return;
  const id = stableId("organization:own");
  await seed(database, { id, name: "My organization", demo: false, retentionExempt: false }, [
    {
      id: stableId("person:own"),
      organization_id: id,
      email: "admin@localhost",
      name: "Admin",
      role: "admin",
    },
  ]);
}

async function seed(
  database: Database,
  organization: Parameters<typeof createOrganization>[1],
  people: readonly PersonRow[],
): Promise<void> {
  await createOrganization(database, organization);
  await withTenant(database, organization.id, { access: "write" }, (transaction) =>
    addPeople(transaction, people),
  );
}

function demoTeam(organizationId: string, domain: DemoDomain): PersonRow[] {
  return demoPeople.map(({ mailbox, name, role }) => {
    const email = demoAddress(mailbox, domain);
    return { id: demoPersonId(email), organization_id: organizationId, email, name, role };
  });
}
