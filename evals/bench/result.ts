/** One measured quantity against its promise. */
export interface BenchResult {
  metric: string;
  unit: string;
  median: number;
  p95: number;
  n: number;
  /** The promise; "at least" where more is better. */
  limit: number;
  pass: boolean;
}

export interface MetricPromise {
  metric: string;
  unit: string;
  limit: number;
  better: "lower" | "higher";
  /** Which number the promise is about; "worst" is the largest of all (the smallest where more is better). */
  judge: "median" | "p95" | "worst";
}

/** Median and 95th percentile (nearest rank) of the samples, judged. */
export function measured(promise: MetricPromise, samples: readonly number[]): BenchResult {
  if (samples.length === 0) throw new Error(`Nothing was measured for ${promise.metric}.`);
  const sorted = samples.toSorted((left, right) => left - right);
  const rank = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const median = rank(0.5);
  const p95 = rank(0.95);
  const worst = (promise.better === "lower" ? sorted.at(-1) : sorted[0]) ?? 0;
  const judged = { median, p95, worst }[promise.judge];
  return {
    metric: promise.metric,
    unit: promise.unit,
    median: rounded(median),
    p95: rounded(p95),
    n: sorted.length,
    limit: promise.limit,
    pass: promise.better === "lower" ? judged <= promise.limit : judged >= promise.limit,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
