import { createInterface } from "node:readline";
import { createDatabase } from "@cloudoptima/db/client.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { linkByName } from "@cloudoptima/db/queries/resource-relationships.ts";
import { countByType } from "@cloudoptima/db/queries/scans.ts";
import type { SandboxAccess } from "@cloudoptima/tools/clouds/azure/sandbox-endpoint.ts";
import { createConnectCloud } from "@cloudoptima/tools/clouds/connect.ts";
import { type InventoryResult, scanInventory } from "@cloudoptima/tools/discovery/scan-inventory.ts";
import { addSandboxConnection } from "@cloudoptima/tools/discovery/testing/add-sandbox-connection.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";

/** What one scan of the whole inventory showed. */
export interface ScanRun {
  seconds: number;
  kinds: InventoryResult["kind"][];
  readCount: number;
  goneCount: number;
  /** Resources that are known afterwards. */
  storedCount: number;
  /** Of this process, so far. */
  peakMb: number;
}

/** The first line of stdin. */
export interface ScanTask {
  databaseUrl: string;
  now: string;
  sandbox: Pick<SandboxAccess, "origin" | "ca" | "credentials"> & { subscriptionIds: string[] };
}

// Scans at the start and again at each line; prints a ScanRun each time. The end of stdin ends it.
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const task = JSON.parse((await lines.next()).value ?? "") as ScanTask;
const database = createDatabase({
  engine: "server",
  connectionString: task.databaseUrl,
  max: 10,
  onError: (error) => process.stderr.write(`${error.message}\n`),
});
await migrate(database);
const tools = createTestTools({
  database,
  now: task.now,
  connectCloud: createConnectCloud({ sandbox: () => ({ ...task.sandbox, quotas: "azure" }) }),
});
const organization = await tools.createOrganization("Contoso");
const ctx = tools.context(tools.actor(organization));
const connectionId = await addSandboxConnection(ctx);
do process.stdout.write(`${JSON.stringify(await scan())}\n`);
while (!(await lines.next()).done);
await database.close();

async function scan(): Promise<ScanRun> {
  const started = performance.now();
  const cloud = await ctx.cloud(connectionId);
  const subscriptions = await cloud.subscriptions(ctx.signal);
  const results = await Promise.all(
    subscriptions.map(({ id: subscriptionId }) =>
      scanInventory(ctx, cloud, { connectionId, subscriptionId, mode: "auto", onFound: () => undefined }),
    ),
  );
  await ctx.write((transaction) => linkByName(transaction, organization.id));
  const seconds = (performance.now() - started) / 1000;
  const stored = await ctx.read((transaction) => countByType(transaction, connectionId));
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
  return {
    seconds,
    kinds: [...new Set(results.map(({ kind }) => kind))],
    readCount: sum(results.map(({ readCount }) => readCount)),
    goneCount: sum(results.map(({ goneCount }) => goneCount)),
    storedCount: sum(stored.values()),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}
