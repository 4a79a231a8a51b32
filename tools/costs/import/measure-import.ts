import { monitorEventLoopDelay } from "node:perf_hooks";

export interface ImportMeasurement {
  seconds: number;
  rowsPerSecond: number;
  /** Longest time that nothing else could run in this process, ms. */
  eventLoopStallMs: number;
  /** Memory of this process (DuckDB included), MB: before, and the most seen. */
  residentBeforeMb: number;
  residentPeakMb: number;
}

const SAMPLE_MS = 50;

/** Measures one import of `rows` rows in this process: rate, event-loop stalls, memory. For benchmarks. */
export async function measureImport(rows: number, run: () => Promise<unknown>): Promise<ImportMeasurement> {
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_000_000);
  const residentBeforeMb = megabytes();
  let residentPeakMb = residentBeforeMb;
  const sampler = setInterval(() => {
    residentPeakMb = Math.max(residentPeakMb, megabytes());
  }, SAMPLE_MS);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  try {
    await run();
  } finally {
    clearInterval(sampler);
    delay.disable();
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    seconds: Number(seconds.toFixed(2)),
    rowsPerSecond: Math.round(rows / seconds),
    eventLoopStallMs: Math.round(delay.max / 1e6),
    residentBeforeMb,
    residentPeakMb,
  };
}
