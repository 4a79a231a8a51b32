import { endReport, moveReport, touchReport } from "@cloudoptima/db/queries/reports.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { withHeartbeat } from "../kernel/with-heartbeat.ts";
import { type ReportRequest, readReport } from "./read-report.ts";
import { largestContent } from "./report-limits.ts";

/**
 * Reads a report that was asked for and keeps it, or why there is none. A scheduled one that is cut off with the
 * process is left unfinished, for the next process to take up.
 */
export function makeReport(ctx: WriteContext, request: ReportRequest): Promise<void> {
  const beat = () => ctx.write((transaction) => touchReport(transaction, request.id, ctx.realNow()));
  return withHeartbeat(beat, () => readAndKeep(ctx, request), ctx.log);
}

async function readAndKeep(ctx: WriteContext, request: ReportRequest): Promise<void> {
  const { id } = request;
  try {
    const content = await readReport(ctx, request, async (done, total) => {
      const at = ctx.realNow();
      const kept = await ctx.write((transaction) => moveReport(transaction, id, { done, total, at }));
      if (!kept) throw new AppError("conflict", "The report was deleted while it was made.");
    });
    const json = JSON.stringify(content);
    if (Buffer.byteLength(json) > largestContent) {
      throw new AppError("invalid_input", "It would hold more than 4 MB.", {
        hint: "Choose fewer sections or a shorter period.",
      });
    }
    await ctx.write((transaction) => endReport(transaction, id, { content: json, at: ctx.realNow() }));
  } catch (error) {
    if (ctx.signal.aborted && request.schedule !== null) throw error;
    const failure = reasonOf(error, ctx.signal);
    await ctx.write((transaction) => endReport(transaction, id, { failure, at: ctx.realNow() }));
    if (!(error instanceof AppError)) throw error;
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "It was interrupted: the product was stopped. Generate it again.";
  if (error instanceof AppError) return [error.message, error.hint].filter(Boolean).join(" ");
  return "It stopped for an unexpected reason. Generate it again; if it stays, look at the log.";
}
