import { chmod, open } from "node:fs/promises";
import { dirname } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import pg from "pg";
import { type BenchWorld, openBenchWorld } from "./bench-world.ts";
import { closedAtEnd } from "./clean-up.ts";

export type Engine = "PostgreSQL" | "PGlite";

/** What one import of a generated file showed. */
export interface ImportRun {
  seconds: number;
  stallMs: number;
  waitsMs: number[];
  peakMb: number;
  /** PostgreSQL: the server's own COPY of the same file into a plain table of texts, without an index. */
  rawCopySeconds: number | null;
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
      const watched = await watch.stop();
      return { seconds, ...watched, rawCopySeconds: server ? await rawCopy(server.url, path) : null };
    } finally {
      await world.close();
    }
  } finally {
    await stop();
  }
}

async function rawCopy(url: string, path: string): Promise<number> {
  // The server reads the file itself, as another user.
  await chmod(dirname(path), 0o755);
  await chmod(path, 0o644);
  const file = await open(path);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64 * 1024) });
  await file.close();
  const header = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/)[0]!;
  const columns = header.split(",").map((name) => `"${name.replaceAll('"', "")}" text`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create table raw_rows (${columns.join(", ")})`);
    const started = performance.now();
    await client.query(`copy raw_rows from '${path.replaceAll("'", "''")}' with (format csv, header)`);
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
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
