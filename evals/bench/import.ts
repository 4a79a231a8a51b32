import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, Log } from "./bench.ts";
import type { Engine, ImportRun } from "./import-run.ts";
import { type BenchResult, measured } from "./result.ts";

const rows = 1_000_000;
/** How much more a process may hold at its peak than for half the rows: room for garbage, not for rows. */
const flatMemoryMb = 150;
/** The part of raw COPY's speed that an import with all its checks and sums keeps. */
const ofRawCopy = 0.5;

/** One file of a million rows into each engine: rate, stalls of the event loop, waits of others, memory. */
const bench: Bench = {
  name: "import",
  description: "1,000,000 FOCUS rows from csv into PostgreSQL and the embedded database",
  async run(log) {
    return [...(await importInto("PostgreSQL", 30_000, log)), ...(await importInto("PGlite", 15_000, log))];
  },
};
export default bench;

async function importInto(engine: Engine, rowsPerSecond: number, log: Log): Promise<BenchResult[]> {
  const half = await importInProcess(engine, rows / 2);
  log(`${engine}: ${rows / 2} rows are in`);
  const { seconds, stallMs, waitsMs, peakMb, rawCopySeconds } = await importInProcess(engine, rows);
  const raw = rawCopySeconds === null ? "" : `, raw COPY ${Math.round(rows / rawCopySeconds)} rows/s`;
  log(`${engine}: ${Math.round(rows / seconds)} rows/s${raw}`);
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
    ...(rawCopySeconds === null
      ? []
      : [
          measured(
            {
              metric: `${engine}: import against the server's raw COPY of the same file`,
              unit: "times",
              limit: ofRawCopy,
              better: "higher",
              judge: "median",
            },
            [rawCopySeconds / seconds],
          ),
        ]),
    measured({ ...promise, metric: `${engine}: longest stall of the event loop`, unit: "ms", limit: 50 }, [
      stallMs,
    ]),
    measured(
      {
        ...promise,
        metric: `${engine}: memory over that for half the rows`,
        unit: "MB",
        limit: flatMemoryMb,
      },
      [Math.max(0, peakMb - half.peakMb)],
    ),
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
}

/** In a process of its own, whose memory and event loop are then the import's alone. */
async function importInProcess(engine: Engine, rowCount: number): Promise<ImportRun> {
  const script = fileURLToPath(new URL("import-run.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, engine, String(rowCount)]);
  return JSON.parse(stdout) as ImportRun;
}
