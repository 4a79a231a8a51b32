import { chmod, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import pg from "pg";
import { type BenchWorld, openBenchWorld } from "./bench-world.ts";
import { closedAtEnd } from "./clean-up.ts";

export type Engine = "PostgreSQL" | "PGlite";
export type Format = "csv" | "parquet";

/**
 * The server's COPY of the same rows, from a file that the server itself reads, into a plain table without any index,
 * check or view. Nobody reads a file, prepares a row or sums: what is left is the server's own work.
 */
export interface RawCopy {
  /** The source's rows, all its columns as texts. */
  sourceSeconds: number;
  /** The rows as they are stored: ready-made lines into the same columns of the same types. */
  storedSeconds: number;
}

/** What one import of a generated file showed. */
export interface ImportRun {
  seconds: number;
  stallMs: number;
  waitsMs: number[];
  peakMb: number;
  /** PostgreSQL: the server's own COPY of the same rows. */
  rawCopy: RawCopy | null;
}

// Arguments: engine, format, rows. Prints an ImportRun as JSON.
const [engine, format, rows] = process.argv.slice(2);
const run = await runImport(engine as Engine, format as Format, Number(rows));
process.stdout.write(JSON.stringify(run));

async function runImport(into: Engine, format: Format, rowCount: number): Promise<ImportRun> {
  const server = into === "PostgreSQL" ? await startPostgresServer() : undefined;
  const stop = closedAtEnd(async () => server?.stop());
  try {
    const world = await openBenchWorld(server ? { databaseUrl: server.url } : {});
    try {
      const path = await world.generate(rowCount, format);
      const watch = watchProcess(world);
      const started = performance.now();
      await world.importFile(path);
      const seconds = (performance.now() - started) / 1000;
      const watched = await watch.stop();
      if (!server) return { seconds, ...watched, rawCopy: null };
      const csv = format === "csv" ? path : await world.generate(rowCount);
      return { seconds, ...watched, rawCopy: await rawCopy(server.url, csv) };
    } finally {
      await world.close();
    }
  } finally {
    await stop();
  }
}

async function rawCopy(url: string, csv: string): Promise<RawCopy> {
  // The server reads and writes the files itself, as another user.
  const folder = dirname(csv);
  await chmod(folder, 0o777);
  await chmod(csv, 0o644);
  const file = await open(csv);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64 * 1024) });
  await file.close();
  const header = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/)[0]!;
  const columns = header.split(",").map((name) => `"${name.replaceAll('"', "")}" text`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const copied = async (table: string, path: string, options: string) => {
    const started = performance.now();
    await client.query(`copy ${table} from '${path.replaceAll("'", "''")}' with (${options})`);
    return (performance.now() - started) / 1000;
  };
  try {
    const stored = join(folder, "stored.csv");
    await client.query(`copy store.cost_data to '${stored.replaceAll("'", "''")}' with (format csv)`);
    await client.query(`create table source_rows (${columns.join(", ")})`);
    await client.query("create table stored_rows (like store.cost_data)");
    return {
      sourceSeconds: await copied("source_rows", csv, "format csv, header"),
      storedSeconds: await copied("stored_rows", stored, "format csv"),
    };
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
