import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createDatabase } from "@cloudoptima/db/client.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import { createConnectCloud } from "@cloudoptima/tools/clouds/connect.ts";
import { generateTenant } from "@cloudoptima/tools/clouds/sandbox/generate/generate-tenant.ts";
import { startSandbox } from "@cloudoptima/tools/clouds/sandbox/start-sandbox.ts";
import { makeTruth } from "@cloudoptima/tools/clouds/sandbox/truth.ts";
import type { Truth } from "@cloudoptima/tools/clouds/sandbox/truth-schema.ts";
import { scanDiskBlobs } from "@cloudoptima/tools/discovery/scan-disk-blobs.ts";
import { addSandboxConnection } from "@cloudoptima/tools/discovery/testing/add-sandbox-connection.ts";
import { refreshPrices, refreshSizes } from "@cloudoptima/tools/prices/refresh-prices.ts";
import { recommendationTypes } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import type { compareTruth } from "@cloudoptima/tools/recommendations/testing/compare-truth.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { storeEstate } from "./analyze-estate.ts";
import type { AnalyzeRun, AnalyzeTask } from "./analyze-run.ts";
import type { Bench, Log } from "./bench.ts";
import { closedAtEnd } from "./clean-up.ts";
import { compareStored } from "./compare-stored.ts";
import { measured } from "./result.ts";

const sizes = [5_000, 10_000, 20_000] as const;
const costDays = 60;
const now = "2026-10-14T09:00:00Z";
const limits = { seconds: 60, peakMb: 800, growth: 2.4 };
/** Of each type by itself, at every size. */
const least = { precision: 0.98, recall: 0.98 };
const mostSavingsError = 0.01;

/** All rules and checks over estates of three sizes in PostgreSQL; the judging process is one of its own. */
const bench: Bench = {
  name: "analyze",
  description: `every rule and check over ${sizes.at(-1)} resources with 30 days of hourly metrics and ${costDays} days of costs, found against what was planted`,
  async run(log) {
    const runs: Judged[] = [];
    for (const size of sizes) {
      const run = await analyze(size, log);
      runs.push(run);
      log(
        `${size}: ${run.seconds.toFixed(1)} s (${((1000 * run.seconds) / size).toFixed(2)} s per 1,000 resources), ` +
          `${run.assessmentSeconds.toFixed(1)} s of them the assessment, ${run.processorSeconds.toFixed(1)} s of processor, ${run.openCount} recommendations, ` +
          `${Math.round(run.peakMb)} MB, ${Math.round(run.beforeMb)} MB before`,
      );
      for (const { text, count, seconds } of run.statements)
        log(`  ${seconds.toFixed(1)} s, ${count} x ${text}`);
    }
    const [, half, whole] = runs as [Judged, Judged, Judged];
    const types = runs.flatMap((run) => run.types);
    const atLeast = (metric: string, limit: number) =>
      ({ metric, unit: "share", limit, better: "higher", judge: "worst" }) as const;
    const promise = (metric: string, unit: string, limit: number) =>
      ({ metric, unit, limit, better: "lower", judge: "worst" }) as const;
    return [
      ...sizes.map((size, index) =>
        measured(promise(`every rule and check over ${size} resources`, "s", limits.seconds), [
          runs[index]!.seconds,
        ]),
      ),
      measured(promise("twice the resources take so many times as long", "times", limits.growth), [
        whole.seconds / half.seconds,
      ]),
      measured(
        atLeast("recall of each type of recommendation at each size", least.recall),
        types.map(({ recall }) => recall),
      ),
      measured(
        atLeast("precision of each type of recommendation at each size", least.precision),
        types.map(({ precision }) => precision),
      ),
      measured(
        promise("largest error of a saving of each type", "share", mostSavingsError),
        types.map(({ savingsError }) => savingsError),
      ),
      measured(promise("memory of the judging process", "MB", limits.peakMb), [whole.peakMb]),
    ];
  },
};
export default bench;

/** A run, and how what it found compares with what was planted, type by type. */
type Judged = AnalyzeRun & Pick<ReturnType<typeof compareTruth>, "types">;

async function analyze(resourceCount: number, log: Log): Promise<Judged> {
  const server = await startPostgresServer();
  const stop = closedAtEnd(() => server.stop());
  try {
    const { task, truth } = await store(server.url, resourceCount, log);
    const script = fileURLToPath(new URL("analyze-run.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(task)]);
    const run = JSON.parse(stdout) as AnalyzeRun;
    const onError = (error: Error) => log(error.message);
    const database = createDatabase({ engine: "server", connectionString: server.url, max: 1, onError });
    try {
      const tools = createTestTools({ database, now });
      const compared = await compareStored(tools.context(tools.actor(task.organization)), truth);
      for (const { kind, type, resourceId, planted, found } of compared.differences.slice(0, 20))
        log(`  ${kind} ${type} ${resourceId}: planted ${planted}, found ${found}`);
      // A rule that is gone, and an estate without its waste, would both look like nothing to find.
      const missing = recommendationTypes.filter((type) => !truth.waste.some((waste) => waste.type === type));
      if (missing.length > 0) throw new Error(`No waste is planted of: ${missing.join(", ")}.`);
      return { ...run, types: compared.types };
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}

async function store(
  databaseUrl: string,
  resourceCount: number,
  log: Log,
): Promise<{ task: AnalyzeTask; truth: Truth }> {
  const onError = (error: Error) => log(error.message);
  const database = createDatabase({ engine: "server", connectionString: databaseUrl, max: 4, onError });
  try {
    await migrate(database);
    const clock = Temporal.Instant.from(now);
    const { tenant, plants } = generateTenant({
      seed: "analyze",
      resources: resourceCount,
      days: costDays,
      now: clock,
    });
    const sandbox = await startSandbox({
      tenant,
      seed: tenant.seed,
      resources: resourceCount,
      days: costDays,
      now: () => clock,
      quotas: "raised",
    });
    const closeSandbox = closedAtEnd(() => sandbox.close());
    const connectCloud = createConnectCloud({ sandbox: () => ({ ...sandbox, quotas: "raised" }) });
    const tools = createTestTools({ database, now, connectCloud });
    const organization = await tools.createOrganization("Contoso");
    const ctx = tools.context(tools.actor(organization));
    const connectionId = await addSandboxConnection(ctx);
    const started = performance.now();
    const stored = await storeEstate(ctx, connectionId, tenant);
    const cloud = await ctx.cloud(connectionId);
    for (const subscriptionId of stored.subscriptionIds) {
      await refreshSizes(ctx, cloud, connectionId, subscriptionId);
      const attempt = (_account: string, work: () => Promise<void>) => work();
      await scanDiskBlobs(ctx, cloud, {
        connectionId,
        subscriptionId,
        attempt,
        changedSince: null,
        onFound: () => undefined,
      });
    }
    await refreshPrices(ctx, cloud, connectionId);
    await closeSandbox();
    await database.pool.query("vacuum analyze"); // as autovacuum leaves it; the test server has none
    log(
      `${stored.resourceCount} resources, ${stored.valueCount} hours of metrics and ${stored.costRowCount} costs were ` +
        `stored in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    const task = { databaseUrl, now, organization, subscriptionIds: stored.subscriptionIds };
    return { task, truth: makeTruth(tenant, plants, clock) };
  } finally {
    await database.close();
  }
}
