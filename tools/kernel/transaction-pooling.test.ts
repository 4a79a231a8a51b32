import { createDatabase, type Database } from "@cloudoptima/db/client.ts";
import { withServerLock } from "@cloudoptima/db/server-lock.ts";
import { makePlace } from "@cloudoptima/db/testing/database-place.ts";
import {
  startTransactionPooler,
  type TransactionPooler,
} from "@cloudoptima/db/testing/transaction-pooler.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import { ask } from "../costs/testing/load-rows.ts";
import type { ResourceSearchOutput } from "../discovery/search-resources.tool.ts";
import { addPlainResource } from "../discovery/testing/plain-resource.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";

const now = "2026-10-05T09:30:00Z";
const seenAt = new Date(now);

let place: Awaited<ReturnType<typeof makePlace>>;
let pooler: TransactionPooler;
let database: Database;
let tools: TestTools;
beforeAll(async () => {
  place = await makePlace("server");
  const { url } = place.place as { url: string };
  pooler = await startTransactionPooler(url, 3);
  const raise = (error: Error) => {
    throw error;
  };
  database = createDatabase({ engine: "server", connectionString: pooler.url, max: 2, onError: raise });
  tools = createTestTools({ database, now });
});
afterAll(() => place?.remove());

test("the stand-in swaps sessions: what a session keeps is lost in the next transaction", async () => {
  const client = await database.pool.connect();
  await client.query("set application_name = 'mine'");
  const { rows } = await client.query("show application_name");
  expect(rows[0].application_name).not.toBe("mine");
  await client.query("begin");
  const pids = new Set<number>();
  for (let n = 0; n < 3; n++) {
    const { rows: asked } = await client.query("select pg_backend_pid() as pid, $1::int as n", [n]);
    pids.add(asked[0].pid);
  }
  await client.query("commit");
  expect(pids.size).toBe(1);
  client.release();
});

test("two organizations at once load, change and ask, each its own, though every transaction has another session", async () => {
  const before = pooler.swaps();
  const organizations = await Promise.all(
    ["Contoso", "Fabrikam"].map((name) => tools.createOrganization(name)),
  );
  await Promise.all(organizations.map((organization) => addPlainResource(tools, organization, seenAt)));
  const policyYaml = "policy: { name: Owners, severity: low, condition: { required_tags: [Owner] } }";
  await Promise.all(
    organizations.map((organization) => ask(tools, organization, "create_policy", { policyYaml })),
  );
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      organizations.map(async (organization) => {
        const own = `vm-${organization.id.slice(0, 8)}`;
        const found = await ask<ResourceSearchOutput>(tools, organization, "search_resources", {});
        expect(found.rows.map(({ name }) => name)).toEqual([own]);
        const period = { start: "2026-09-01", end: "2026-10-01" };
        const spent = await ask<CostBreakdown>(tools, organization, "get_cost_breakdown", { period });
        expect(spent.total).toEqual([{ value: "75", currency: "USD" }]);
        const { rows } = await ask<{ rows: { resource: { name: string } }[] }>(
          tools,
          organization,
          "list_policy_violations",
          {},
        );
        expect(rows.map(({ resource }) => resource.name)).toEqual([own]);
      }),
    );
  }
  expect(pooler.swaps() - before).toBeGreaterThan(50);
});

test("work that one process at a time may do is done by one at a time", async () => {
  const { signal } = new AbortController();
  const events: string[] = [];
  const work = (name: string) =>
    withServerLock(database, 42, signal, async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      events.push(`${name} ends`);
    });
  await Promise.all([work("a"), work("b")]);
  const [first, second] = events[0] === "a begins" ? ["a", "b"] : ["b", "a"];
  expect(events).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
});

test("no session remembers anything of it: role, organization, statements, locks, channels, tables", async () => {
  await database.close();
  const remembered = await pooler.close(`select current_user = session_user as own_role,
    coalesce(current_setting('app.organization_id', true), '') as organization,
    (select count(*)::int from pg_prepared_statements) as statements,
    (select count(*)::int from pg_locks where locktype = 'advisory') as locks,
    (select count(*)::int from pg_listening_channels()) as channels,
    (select count(*)::int from pg_class where relpersistence = 't') as tables`);
  expect(remembered).toHaveLength(3);
  const nothing = { own_role: true, organization: "", statements: 0, locks: 0, channels: 0, tables: 0 };
  for (const rows of remembered) expect(rows).toEqual([nothing]);
});
