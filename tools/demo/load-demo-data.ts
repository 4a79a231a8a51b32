import type { Database } from "@cloudoptima/db/client.ts";
import type { Progress } from "../kernel/context.ts";
import type { Invoke } from "../kernel/invoke.ts";

export interface LoadDemoDataOptions {
  database: Database;
  invoke: Invoke;
  now(): Temporal.Instant;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** Loads what the demo organizations lack, through the same operations that a person uses; safe to repeat. */
export async function loadDemoData(_options: LoadDemoDataOptions): Promise<void> {}
