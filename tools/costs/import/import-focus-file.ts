import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { withStaging } from "../load/load-costs.ts";
import type { LoadResult } from "../load/load-result.ts";
import { loadStaged } from "../load/load-staged.ts";
import { stageRows } from "../load/stage-rows.ts";
import { summarizeStaged } from "../load/summarize-staged.ts";
import { findCsvDefect, focusProblem, requireColumns } from "./focus-problem.ts";
import { focusSource } from "./focus-source.ts";
import { badFile, openFocusFile } from "./open-focus-file.ts";

/**
 * Loads a FOCUS 1.0-1.4 file (.csv, .csv.gz, .parquet) into a connection of the organization. All of it becomes
 * visible at once; a file that is wrong anywhere loads nothing and says where. The connection is asked for only
 * when the file is good, so that a bad one leaves no trace.
 */
export async function importFocusFile(
  ctx: WriteContext,
  options: { path: string; connectionId: () => Promise<string> },
): Promise<LoadResult> {
  return withStaging(ctx, async (staging) => {
    ctx.progress({ message: "Reading the file" });
    const file = await openFocusFile(staging, options.path, ctx.signal);
    requireColumns(file);
    const problem = await stageRows(staging, focusSource(file)).catch(async (cause: Error) => {
      ctx.signal.throwIfAborted();
      const defect = file.kind === "csv" ? await findCsvDefect(file, cause) : null;
      if (defect) throw defect;
      if (
        !/^(Invalid Input|IO|Serialization|Corrupt\w*|Conversion) Error|^TProtocolException/.test(
          cause.message,
        )
      )
        throw cause;
      if (/No space left|ENOSPC/.test(cause.message)) {
        throw new AppError("unavailable", "There is not enough disk space to check the file.", { cause });
      }
      throw badFile(
        file.name,
        "is damaged: it cannot be read to its end",
        "Copy or download it again.",
        {},
        cause,
      );
    });
    if (problem) throw await focusProblem(file, problem);
    ctx.progress({ message: "Summing up" });
    await summarizeStaged(staging);
    const result = await loadStaged(ctx, staging, {
      connectionId: await options.connectionId(),
      source: file.name,
      replaceScopes: [],
    });
    if (result.rowCount > 0) return result;
    throw badFile(file.name, "has columns but no rows", "Export a period that has costs.");
  });
}
