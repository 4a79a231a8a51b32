import { createInterface } from "node:readline";
import { createDatabase } from "@cloudoptima/db/client.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { linkByName } from "@cloudoptima/db/queries/resource-relationships.ts";
import { countByType } from "@cloudoptima/db/queries/scans.ts";
import type { SandboxAccess } from "@cloudoptima/tools/clouds/azure/sandbox-endpoint.ts";
import { createConnectCloud } from "@cloudoptima/tools/clouds/connect.ts";
import { diskBlobType } from "@cloudoptima/tools/clouds/disk-blob-id.ts";
import { scanChanges } from "@cloudoptima/tools/discovery/scan-changes.ts";
import { scanDiskBlobs } from "@cloudoptima/tools/discovery/scan-disk-blobs.ts";
import { type InventoryResult, scanInventory } from "@cloudoptima/tools/discovery/scan-inventory.ts";
import { addSandboxConnection } from "@cloudoptima/tools/discovery/testing/add-sandbox-connection.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";

/** What one scan of the whole inventory showed. */
export interface ScanRun {
  /** Of all that follows: the listing, the disks in storage accounts, what hangs on what, who changed what. */
  seconds: number;
  diskBlobSeconds: number;
  changeSeconds: number;
  kinds: InventoryResult["kind"][];
  readCount: number;
  goneCount: number;
  /** Resources that are known afterwards, without the disks in storage accounts. */
  storedCount: number;
  diskBlobCount: number;
  /** Changes that the cloud told of, by now. */
  toldCount: number;
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
let now = Temporal.Instant.from(task.now);
const tools = createTestTools({
  database,
  now: () => now,
  connectCloud: createConnectCloud({ sandbox: () => ({ ...task.sandbox, quotas: "azure" }) }),
});
const organization = await tools.createOrganization("Contoso");
const ctx = tools.context(tools.actor(organization));
const connectionId = await addSandboxConnection(ctx);
do {
  process.stdout.write(`${JSON.stringify(await scan())}\n`);
  now = now.add({ minutes: 1 });
} while (!(await lines.next()).done);
await database.close();

async function scan(): Promise<ScanRun> {
  const started = performance.now();
  const startedAt = new Date(ctx.now().epochMilliseconds);
  const cloud = await ctx.cloud(connectionId);
  const subscriptions = await cloud.subscriptions(ctx.signal);
  // In the order of a scan (scan-connection.ts), which reads so few subscriptions at once as well.
  const each = <Result>(work: (subscriptionId: string) => Promise<Result>) =>
    Promise.all(subscriptions.map(({ id }) => work(id)));
  const results = await each((subscriptionId) =>
    scanInventory(ctx, cloud, { connectionId, subscriptionId, mode: "auto", onFound: () => undefined }),
  );
  const listed = performance.now();
  const attempt = (_account: string, work: () => Promise<void>) => work();
  const changedSince = results.every(({ kind }) => kind === "incremental") ? startedAt : null;
  const disks = await each((subscriptionId) =>
    scanDiskBlobs(ctx, cloud, {
      connectionId,
      subscriptionId,
      changedSince,
      attempt,
      onFound: () => undefined,
    }),
  );
  const disksListed = performance.now();
  await ctx.write((transaction) => linkByName(transaction, organization.id));
  const linked = performance.now();
  await each((subscriptionId) => scanChanges(ctx, cloud, { connectionId, subscriptionId }));
  const ended = performance.now();
  const stored = await ctx.read((transaction) => countByType(transaction, connectionId));
  const diskBlobCount = stored.get(diskBlobType) ?? 0;
  stored.delete(diskBlobType);
  const told = await database.pool.query<{ count: number }>(
    "select count(distinct provider_id)::int as count from resource_changes",
  );
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
  const all = [...results, ...disks];
  return {
    seconds: (ended - started) / 1000,
    diskBlobSeconds: (disksListed - listed) / 1000,
    changeSeconds: (ended - linked) / 1000,
    kinds: [...new Set(results.map(({ kind }) => kind))],
    readCount: sum(all.map(({ readCount }) => readCount)),
    goneCount: sum(all.map(({ goneCount }) => goneCount)),
    storedCount: sum(stored.values()),
    diskBlobCount,
    toldCount: told.rows[0]!.count,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}
