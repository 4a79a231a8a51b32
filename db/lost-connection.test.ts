import { sql } from "kysely";
import { expect, it } from "vitest";
import { withTenant } from "./client.ts";
import { DatabaseAway } from "./database-away.ts";
import { describeOneEngine } from "./testing/engines.ts";

describeOneEngine("server", "a connection that the server ends", (engine) => {
  // Between two statements nobody waits for an answer: what the connection says then ends the process, if nobody hears it.
  it("fails the transaction that it had, not the process, and the next one gets another", async () => {
    const database = engine.database();
    const organizationId = crypto.randomUUID();
    const work = withTenant(database, organizationId, { access: "read" }, async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      const pid = [rows[0]!.pid];
      await database.pool.query("select pg_terminate_backend($1)", pid);
      const alive = async () =>
        (await database.pool.query("select from pg_stat_activity where pid = $1", pid)).rowCount;
      await expect.poll(alive).toBe(0);
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toBeInstanceOf(DatabaseAway);
    const again = await withTenant(database, organizationId, { access: "read" }, (transaction) =>
      sql`select 1`.execute(transaction),
    );
    expect(again.rows).toHaveLength(1);
  });
});
