import { join } from "node:path";
import { openEmbedded } from "@cloudoptima/db/embedded.ts";

/**
 * What the demo's people did, as if they had said so: the load-test machines were stopped at the end of their season,
 * and one machine whose cost stays was called resized. The sandbox's costs tell by themselves which of it saved.
 */
const done = [
  {
    machine: "vm-loadtest-001",
    type: "idle_vm",
    what: "Stop idle virtual machine",
    on: "2026-09-03",
    saving: "250",
  },
  {
    machine: "vm-loadtest-002",
    type: "idle_vm",
    what: "Stop idle virtual machine",
    on: "2026-09-03",
    saving: "250",
  },
  {
    machine: "vm-warehouse-prod-001",
    type: "vm_rightsizing",
    what: "Resize",
    on: "2026-09-10",
    saving: "90",
  },
  { machine: "vm-api-prod-001", type: "vm_rightsizing", what: "Resize", on: "2026-10-08", saving: "70" },
];

/** Keeps these in a data folder that nobody has open; a folder that has them stays as it is. */
export async function plantDone(dataDir: string, organization: string): Promise<void> {
  const database = await openEmbedded({
    filesDir: join(dataDir, "database"),
    onError: (error) => {
      throw error;
    },
  });
  try {
    for (const { machine, type, what, on, saving } of done) {
      const { rowCount } = await database.pool.query(
        `insert into recommendations (id, organization_id, resource_id, type, title, description, impact, effort,
           risk_level, monthly_savings, annual_savings, currency, confidence, status, evidence, metadata,
           created_at, updated_at)
         select gen_random_uuid(), o.id, r.resource_id, $2, $3 || ' ' || r.name, '', 'high', 'easy', 'low',
           $5::numeric, $5::numeric * 12, 'USD', 0.9, 'implemented', '[]', '{}', $4::timestamptz, $4::timestamptz
         from resources r join organizations o on o.id = r.organization_id
         where o.name = $6 and r.name = $1 and not exists (select from recommendations kept
           where kept.resource_id = r.resource_id and kept.type = $2 and kept.status = 'implemented')`,
        [machine, type, what, `${on}T10:00:00Z`, saving, organization],
      );
      if (rowCount === null) throw new Error(`${machine} could not be planted.`);
    }
  } finally {
    await database.close();
  }
}
