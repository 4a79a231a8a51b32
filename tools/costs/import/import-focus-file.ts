import type { WriteContext } from "../../kernel/context.ts";
import { withStaging } from "../load/load-costs.ts";
import type { LoadResult } from "../load/load-result.ts";
import { loadStaged } from "../load/load-staged.ts";
import { type RowProblem, stageRows } from "../load/stage-rows.ts";
import type { Staging } from "../load/staging.ts";
import { summarizeStaged } from "../load/summarize-staged.ts";
import { findParts } from "./file-parts.ts";
import { fileRows } from "./file-rows.ts";
import { focusProblem, readFailure, requireColumns } from "./focus-problem.ts";
import { focusSource } from "./focus-source.ts";
import { badFile, type FocusFile, openFocusFile } from "./open-focus-file.ts";

/**
 * Loads a FOCUS 1.0-1.4 file (.csv, .csv.gz, .parquet), or a folder with the parts of one export, into a connection
 * of the organization. All of it becomes visible at once; a file that is wrong anywhere loads nothing and says where.
 * The connection is asked for only when all is good, so that a bad file leaves no trace.
 */
export async function importFocusFile(
  ctx: WriteContext,
  options: { path: string; connectionId: () => Promise<string> },
): Promise<LoadResult> {
  return withStaging(ctx, async (staging) => {
    const files: FocusFile[] = [];
    const parts = await findParts(options.path);
    for (const [number, { path, name }] of parts.entries()) {
      ctx.progress({ message: "Reading the files", done: number, total: parts.length, unit: "files" });
      const named = name === undefined ? {} : { name, mayBeEmpty: true };
      const file = await openFocusFile(staging, path, ctx.signal, { ...named, number });
      requireColumns(file);
      files.push(file);
    }
    refuseMixture(files);
    const [first] = files as [FocusFile];
    const sources = files.map(focusSource);
    const relation = sources.map((source) => `select * from (${source.relation})`).join(" union all ");
    const problem = await stageRows(staging, { ...sources[0]!, relation }).catch(async (cause: Error) => {
      ctx.signal.throwIfAborted();
      throw await readFailure(files, cause);
    });
    if (problem) throw await problemOf(staging, files, problem);
    ctx.progress({ message: "Summing up" });
    await summarizeStaged(staging);
    const result = await loadStaged(ctx, staging, {
      connectionId: await options.connectionId(),
      source: files.length === 1 ? first.name : `${first.name} and ${files.length - 1} more`,
      replaceScopes: [],
    });
    if (result.rowCount > 0) return result;
    throw badFile(first.name, "has columns but no rows", "Export a period that has costs.");
  });
}

/** Parts of one export have one format; the same costs as CSV and as Parquet would count twice. */
function refuseMixture(files: readonly FocusFile[]): void {
  const [first] = files;
  const other = files.find(({ kind }) => kind !== first!.kind);
  if (!other) return;
  throw badFile(
    other.name,
    `is ${other.kind === "csv" ? "CSV" : "Parquet"} beside ${first!.name}, so the folder holds more than one export`,
    "Import one export at a time: both might hold the same costs.",
  );
}

/** Rows are counted over all files in order: names the file and its own row. */
async function problemOf(staging: Staging, files: readonly FocusFile[], problem: RowProblem) {
  let { row } = problem;
  for (const file of files.slice(0, -1)) {
    const [counted] = await staging.rows<{ n: string }>(
      `select count(*)::varchar as n from ${fileRows(file)}`,
    );
    if (row <= Number(counted!.n)) return focusProblem(file, { ...problem, row });
    row -= Number(counted!.n);
  }
  return focusProblem(files.at(-1)!, { ...problem, row });
}
