import type { BenchResult } from "./result.ts";

/** Progress for people; stdout belongs to the JSON. */
export type Log = (message: string) => void;

export interface Bench {
  name: string;
  /** One line for the list of benchmarks. */
  description: string;
  run(log: Log): Promise<BenchResult[]>;
}
