import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@cloudoptima/db/client.ts";
import { openEmbedded } from "@cloudoptima/db/embedded.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import type { Bench, Log } from "./bench.ts";
import { type BenchResult, measured } from "./result.ts";
import { expectSumsOfRows, seedCosts } from "./seed-costs.ts";

const firstDay = "2025-09-01";
const days = 395; // 13 months
const now = "2026-10-01T09:00:00Z";
const rounds = 15;
/**
 * How much longer an answer may take than SQL over the rows that a person would write. The product never answers from
 * rows: days and months are summed when costs are loaded, and rows are there for what a reconciliation asks.
 */
const overHand = 1.3;

/** Thirty days in one month, and thirty that no month holds: those are read from running totals of two months. */
const month = { start: "2026-09-01", end: "2026-10-01" };
const anyDays = { start: "2026-08-16", end: "2026-09-15" };
/** What is asked, of which tool and with which input. */
const questions: [string, string, Record<string, unknown>][] = [
  [
    "monthly by service over 13 months",
    "get_cost_trend",
    { period: { start: firstDay, end: "2026-10-01" }, granularity: "monthly", groupBy: "service" },
  ],
  ["daily over 90 days", "get_cost_trend", { period: { words: "past 90 days" }, granularity: "daily" }],
  ["top 20 resources of a month", "get_cost_breakdown", { period: month, groupBy: "resource", top: 20 }],
  [
    "top 20 resources of 30 days that no month holds",
    "get_cost_breakdown",
    { period: anyDays, groupBy: "resource", top: 20 },
  ],
];

/**
 * Answers through the tools' own code, at the full size of a large estate. They come from the sums that a load keeps;
 * here SQL makes them, so before anything is timed they are held against the rows.
 */
const bench: Bench = {
  name: "costs",
  description:
    "cost questions, answered from the sums of days and months, on 5,000,000 rows in PostgreSQL and 500,000 in the embedded database",
  async run(log) {
    const onServer = await onPostgres(log);
    return [...onServer, ...(await onEmbedded(log))];
  },
};
export default bench;

async function onPostgres(log: Log): Promise<BenchResult[]> {
  const server = await startPostgresServer();
  try {
    const onError = (error: Error) => log(error.message);
    const database = createDatabase({ engine: "server", connectionString: server.url, max: 4, onError });
    try {
      const asked = await seeded(database, 5_000_000, log);
      const answers = await answerTimes(asked, "PostgreSQL", 50);
      const byDay = { period: anyDays, groupBy: "resource", top: 20 };
      const hand: number[] = [];
      const ours: number[] = [];
      for (let round = 0; round < 7; round++) {
        hand.push(
          await timed(() => database.pool.query(byHand, [asked.organizationId, anyDays.start, anyDays.end])),
        );
        ours.push(await timed(() => asked.ask("get_cost_breakdown", byDay)));
      }
      const median = (samples: number[]) =>
        samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)]!;
      log(
        `top 20 resources of any 30 days: ${median(ours).toFixed(0)} ms, by hand over the rows ${median(hand).toFixed(0)} ms`,
      );
      const metric =
        "PostgreSQL: top 20 resources of any 30 days from running totals, against SQL by hand over the rows, both through node-postgres";
      return [
        ...answers,
        measured({ metric, unit: "times", limit: overHand, better: "lower", judge: "median" }, [
          median(ours) / median(hand),
        ]),
      ];
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

const byHand = `select s.currency, s.resource_id, max(s.resource_name), sum(c.effective_cost) as amount
  from store.cost_data c join cost_series s on s.id = c.series_id join cost_deliveries d on d.id = c.delivery_id
  where c.organization_id = $1 and d.status = 'published' and c.time >= $2::timestamptz and c.time < $3::timestamptz
  group by 1, 2 order by amount desc limit 20`;

async function onEmbedded(log: Log): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "co-bench-"));
  const database = await openEmbedded({
    filesDir: join(folder, "files"),
    onError: (error) => log(error.message),
  });
  try {
    return await answerTimes(await seeded(database, 500_000, log), "PGlite", 60);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Asked {
  organizationId: string;
  ask(name: string, input: Record<string, unknown>): Promise<unknown>;
}

async function seeded(database: Database, rows: number, log: Log): Promise<Asked> {
  await migrate(database);
  const tools = createTestTools({ database, now });
  const organization = await tools.createOrganization("Bench");
  const actor = tools.actor(organization);
  const connectionId = crypto.randomUUID();
  await database.pool.query(
    `insert into cloud_connections (id, organization_id, cloud_provider, connection_name, kind)
     values ($1, $2, 'azure', 'Generated', 'focus')`,
    [connectionId, organization.id],
  );
  const started = performance.now();
  const made = await seedCosts(database.pool, {
    organizationId: organization.id,
    connectionId,
    rows,
    firstDay,
    days,
  });
  await expectSumsOfRows(database.pool);
  log(`${made.rows} rows were made in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return {
    organizationId: organization.id,
    ask: (name, input) => tools.invoke({ actor, name, input, source: "terminal" }),
  };
}

async function answerTimes(asked: Asked, engine: string, limit: number): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [title, name, input] of questions) {
    await asked.ask(name, input); // what is asked all day is in memory
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) samples.push(await timed(() => asked.ask(name, input)));
    const metric = `${engine}: ${title}`;
    results.push(measured({ metric, unit: "ms", limit, better: "lower", judge: "median" }, samples));
  }
  return results;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
