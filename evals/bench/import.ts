import { rm } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import type { Bench, Log } from "./bench.ts";
import { type BenchWorld, openBenchWorld } from "./bench-world.ts";
import { closedAtEnd } from "./clean-up.ts";
import { type BenchResult, measured } from "./result.ts";

const rows = 1_000_000;
/** How much a process may grow between a quarter of the way and the end: room for garbage, not for rows. */
const flatMemoryMb = 150;

/** One file of a million rows into each engine: rate, stalls of the event loop, waits of others, memory. */
const bench: Bench = {
  name: "import",
  description: "1,000,000 FOCUS rows from csv into PostgreSQL and the embedded database",
  async run(log) {
    const server = await startPostgresServer();
    const stop = closedAtEnd(server.stop);
    try {
      const onServer = await importInto("PostgreSQL", 30_000, { databaseUrl: server.url }, log);
      const embedded = await importInto("PGlite", 15_000, {}, log);
      return [...onServer, ...embedded];
    } finally {
      await stop();
    }
  },
};
export default bench;

async function importInto(
  engine: "PostgreSQL" | "PGlite",
  rowsPerSecond: number,
  options: { databaseUrl?: string },
  log: Log,
): Promise<BenchResult[]> {
  const world = await openBenchWorld(options);
  try {
    log(`${engine}: generating ${rows} rows`);
    const path = await world.generate(rows);
    log(`${engine}: importing`);
    const watch = watchProcess(world);
    const started = performance.now();
    await world.importFile(path);
    const seconds = (performance.now() - started) / 1000;
    const { stallMs, waitsMs, growthMb } = await watch.stop();
    log(`${engine}: ${Math.round(rows / seconds)} rows/s`);
    await rm(path);
    const promise = { better: "lower", judge: "worst" } as const;
    return [
      measured(
        {
          metric: `${engine}: import`,
          unit: "rows/s",
          limit: rowsPerSecond,
          better: "higher",
          judge: "median",
        },
        [rows / seconds],
      ),
      measured({ ...promise, metric: `${engine}: longest stall of the event loop`, unit: "ms", limit: 50 }, [
        stallMs,
      ]),
      measured({ ...promise, metric: `${engine}: growth of memory`, unit: "MB", limit: flatMemoryMb }, [
        growthMb,
      ]),
      // On a server other connections serve other questions; the embedded engine has one.
      ...(engine === "PGlite"
        ? [
            measured(
              {
                ...promise,
                metric: "PGlite: wait of another question during the import",
                unit: "ms",
                limit: 100,
              },
              waitsMs,
            ),
          ]
        : []),
    ];
  } finally {
    await world.close();
  }
}

/** Samples this process while it works: the event loop, the memory, and how long a small question waits. */
function watchProcess(world: BenchWorld) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const memory: number[] = [];
  const sampler = setInterval(() => memory.push(process.memoryUsage.rss() / 2 ** 20), 250);
  const waitsMs: number[] = [];
  let watching = true;
  const asking = (async () => {
    while (watching) {
      const started = performance.now();
      await world.service.invoke({
        actor: world.actor,
        name: "list_connections",
        input: {},
        source: "terminal",
      });
      waitsMs.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async stop() {
      watching = false;
      await asking;
      clearInterval(sampler);
      delay.disable();
      const settled = memory.slice(Math.floor(memory.length / 4));
      const growthMb = Math.max(...settled) - (settled[0] ?? 0);
      return { stallMs: delay.max / 1e6, waitsMs, growthMb };
    },
  };
}
