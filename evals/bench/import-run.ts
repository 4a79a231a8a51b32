import { monitorEventLoopDelay } from "node:perf_hooks";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import { type BenchWorld, openBenchWorld } from "./bench-world.ts";
import { closedAtEnd } from "./clean-up.ts";

export type Engine = "PostgreSQL" | "PGlite";

/** What one import of a generated file showed. */
export interface ImportRun {
  seconds: number;
  stallMs: number;
  waitsMs: number[];
  peakMb: number;
}

// Arguments: engine, rows. Prints an ImportRun as JSON.
const [engine, rows] = process.argv.slice(2);
const run = await runImport(engine as Engine, Number(rows));
process.stdout.write(JSON.stringify(run));

async function runImport(into: Engine, rowCount: number): Promise<ImportRun> {
  const server = into === "PostgreSQL" ? await startPostgresServer() : undefined;
  const stop = closedAtEnd(async () => server?.stop());
  try {
    const world = await openBenchWorld(server ? { databaseUrl: server.url } : {});
    try {
      const path = await world.generate(rowCount);
      const watch = watchProcess(world);
      const started = performance.now();
      await world.importFile(path);
      const seconds = (performance.now() - started) / 1000;
      return { seconds, ...(await watch.stop()) };
    } finally {
      await world.close();
    }
  } finally {
    await stop();
  }
}

/** Watches this process while it works: the event loop, the memory, and how long a small question waits. */
function watchProcess(world: BenchWorld) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
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
      delay.disable();
      return { stallMs: delay.max / 1e6, waitsMs, peakMb: process.resourceUsage().maxRSS / 1024 };
    },
  };
}
