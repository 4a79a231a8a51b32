import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, Log } from "./bench.ts";
import type { Engine, Format, ImportRun } from "./import-run.ts";
import { type BenchResult, measured } from "./result.ts";

const rows = 1_000_000;
/** How much more a process may hold at its peak than for half the rows: room for garbage, not for rows. */
const flatMemoryMb = 150;
/**
 * The part of raw COPY's speed that an import with all its checks and sums keeps. Raw COPY is the server's own of the
 * source's rows as they are, every column a text, into a table without an index: what a person would run who only
 * wants them in. (Of Parquet the same rows as csv: PostgreSQL reads no Parquet.) Beside it, without a limit, stands
 * the COPY of ready-made stored rows: fewer and narrower columns, and none of the work that makes them.
 */
const ofRawCopy = 0.5;

/** One file of a million rows in each format into each engine: rate, stalls of the event loop, waits of others, memory. */
const bench: Bench = {
  name: "import",
  description: "1,000,000 FOCUS rows from csv and Parquet into PostgreSQL and the embedded database",
  async run(log) {
    const results: BenchResult[] = [];
    for (const format of ["csv", "parquet"] as const) {
      results.push(...(await importInto("PostgreSQL", format, 30_000, log)));
      results.push(...(await importInto("PGlite", format, 15_000, log)));
    }
    return results;
  },
};
export default bench;

async function importInto(
  engine: Engine,
  format: Format,
  rowsPerSecond: number,
  log: Log,
): Promise<BenchResult[]> {
  const half = await importInProcess(engine, format, rows / 2);
  const title = `${engine}, ${format}`;
  log(`${title}: ${rows / 2} rows are in`);
  const { seconds, stallMs, waitsMs, peakMb, rawCopy } = await importInProcess(engine, format, rows);
  const rate = (took: number) => `${Math.round(rows / took)} rows/s`;
  const raw = rawCopy
    ? `, raw COPY of the source's rows ${rate(rawCopy.sourceSeconds)}, of stored rows ${rate(rawCopy.storedSeconds)}`
    : "";
  log(`${title}: ${rate(seconds)}${raw}`);
  const promise = { better: "lower", judge: "worst" } as const;
  return [
    measured(
      {
        metric: `${title}: import`,
        unit: "rows/s",
        limit: rowsPerSecond,
        better: "higher",
        judge: "median",
      },
      [rows / seconds],
    ),
    ...(rawCopy
      ? [
          measured(
            {
              metric: `${title}: import against the server's raw COPY of the same rows`,
              unit: "times",
              limit: ofRawCopy,
              better: "higher",
              judge: "median",
            },
            [rawCopy.sourceSeconds / seconds],
          ),
        ]
      : []),
    measured({ ...promise, metric: `${title}: longest stall of the event loop`, unit: "ms", limit: 50 }, [
      stallMs,
    ]),
    measured(
      {
        ...promise,
        metric: `${title}: memory over that for half the rows`,
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
              metric: `${title}: wait of another question during the import`,
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
async function importInProcess(engine: Engine, format: Format, rowCount: number): Promise<ImportRun> {
  const script = fileURLToPath(new URL("import-run.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, engine, format, String(rowCount)]);
  return JSON.parse(stdout) as ImportRun;
}
