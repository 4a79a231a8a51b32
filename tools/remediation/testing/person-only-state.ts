import { sql } from "kysely";
import type { GateWorld } from "./gate-world.ts";

/** Tables that only people and the worker may change, whatever a program tries. */
const personOnlyTables = [
  "organizations",
  "users",
  "cloud_connections",
  "recommendations",
  "remediation_approvals",
  "remediation_journal",
  "api_keys",
  "invitations",
  "chat_links",
] as const;

/** Those tables whole, the state of each proposal, and how many requests could have changed the cloud. */
export async function readPersonOnlyState({ tenant, writeCount }: GateWorld) {
  const tables: Record<string, string> = {};
  await tenant.tools.context(tenant.actor).read(async (transaction) => {
    for (const table of personOnlyTables) {
      // A key's use is counted in its row; who may use it and until when is what counts here.
      const { rows } = await sql<{ rows: string }>`
        select coalesce(jsonb_agg(to_jsonb(t) - 'last_request' - 'request_count' - 'updated_at'
          order by to_jsonb(t)::text), '[]')::text as rows
        from ${sql.table(table)} t`.execute(transaction);
      tables[table] = rows[0]!.rows;
    }
    const statuses = await transaction
      .selectFrom("remediation_actions")
      .select(["id", "status"])
      .orderBy("id")
      .execute();
    tables.statuses = JSON.stringify(statuses);
  });
  return { tables, writes: writeCount() };
}
