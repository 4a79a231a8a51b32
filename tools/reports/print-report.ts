import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "../kernel/errors.ts";
import type { ReportContent } from "./report-content.ts";
import type { ReportFormat } from "./report-types.ts";

export interface PrintJob {
  content: ReportContent;
  format: ReportFormat;
}

const longestMs = 60_000;
const memoryMb = 512;

/** Draws a kept report as a file, in a thread that ends with it. */
export async function printReport(job: PrintJob, signal: AbortSignal): Promise<Uint8Array> {
  const worker = new Worker(new URL("./print-thread-main.ts", import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const end = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  try {
    // A thread that fails, for want of memory too, tells so by "error".
    const [file] = await once(worker, "message", { signal: end });
    return file as Uint8Array;
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new AppError("unavailable", "The report could not be drawn.", {
      hint: "Try again, or take it as JSON or as HTML.",
      cause,
    });
  } finally {
    await worker.terminate();
  }
}
