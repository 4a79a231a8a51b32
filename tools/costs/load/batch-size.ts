/** Keeps statements short: other people's questions wait between batches, never for a whole load. */
export interface BatchSize {
  rows: number;
  /** Adjusts the size for the next batch from how long this one took. */
  took(milliseconds: number, rows: number): void;
}

// A statement should take about this long; the promise is under 100 ms on the embedded database.
const TARGET_MS = 40;
const SMALLEST = 100;

export function adaptiveBatchSize(initial: number, largest: number): BatchSize {
  const size: BatchSize = {
    rows: initial,
    took(milliseconds, rows) {
      const ideal = (rows * TARGET_MS) / Math.max(milliseconds, 1);
      // Grow gently, so that one lucky batch does not make the next one slow; shrink at once.
      const next = ideal > size.rows ? Math.min(ideal, size.rows * 1.5) : ideal;
      size.rows = Math.round(Math.min(largest, Math.max(SMALLEST, next)));
    },
  };
  return size;
}
