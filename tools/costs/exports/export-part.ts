import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExportFiles } from "../../clouds/export-files.ts";
import { AppError } from "../../kernel/errors.ts";
import { findColumn } from "../import/focus-columns.ts";
import { requireColumns } from "../import/focus-problem.ts";
import { focusSource } from "../import/focus-source.ts";
import { badFile, type FocusFile, openFocusFile } from "../import/open-focus-file.ts";
import type { RowSource } from "../load/stage-rows.ts";
import type { Staging } from "../load/staging.ts";
import { classicColumns, classicNames, requiredClassicColumns } from "./classic-columns.ts";
import { classicSource, isClassicUsage } from "./classic-source.ts";
import type { ExportKind, ExportPart, ExportRun } from "./find-runs.ts";
import { ownSubscription } from "./subscription-scope.ts";

/** A part of a run as it lies in the staging folder, checked against its manifest's bytes. */
export interface OpenedPart {
  part: ExportPart;
  run: ExportRun;
  kind: ExportKind;
  file: FocusFile;
  source: RowSource;
  /** SQL over the source's relation: plain usage, as opposed to purchases and unused commitments. */
  isUsage: string;
}

/** Copies a part into the staging folder and opens it. Throws when bytes or columns are not what they must be. */
export async function openPart(
  staging: Staging,
  files: ExportFiles,
  run: ExportRun,
  part: ExportPart,
  number: number,
  signal: AbortSignal,
): Promise<OpenedPart> {
  const target = join(staging.directory, `part-${number}`);
  await files.copy(part.file, target, signal);
  const file = await openFocusFile(staging, target, signal, {
    name: part.file.path,
    mayBeEmpty: true,
    number,
  });
  await checkBytes(part, file);
  const isFocus = findColumn(file.columns, "BilledCost") !== undefined;
  if (isFocus) {
    if (run.kind !== null && run.kind !== "focus") throw otherKind(file, run.kind, "FOCUS");
    requireColumns(file);
    const source = focusSource(file);
    const normalize = { ...source.normalize, ...ownSubscription };
    const isUsage = "charge_category = 'Usage' and commitment_discount_status is distinct from 'Unused'";
    return { part, run, kind: "focus", file, source: { ...source, normalize }, isUsage };
  }
  if (run.kind === "focus") throw otherKind(file, run.kind, "Cost Management's own");
  const missing = requiredClassicColumns.filter((column) => classicNames(file.columns, column).length === 0);
  if (missing.length > 0) {
    throw badFile(file.name, "a required column is missing", "Export it again with all columns.", {
      column: missing.map((column) => classicColumns[column].join(" or ")).join(", "),
    });
  }
  if (run.kind === null) {
    throw badFile(
      file.name,
      "has neither a manifest nor a name that tells whether its cost is actual or amortized",
      "Export with file partitioning, which writes a manifest, or name the export with the word actual or amortized.",
    );
  }
  return { part, run, kind: run.kind, file, source: classicSource(file, run.kind), isUsage: isClassicUsage };
}

/** A compressed file's manifest may count the bytes before or after compression: one of them must be right. */
async function checkBytes({ byteCount, file }: ExportPart, opened: FocusFile): Promise<void> {
  if (byteCount === null || byteCount === file.size) return;
  const { size } = await stat(opened.path);
  if (size === byteCount) return;
  throw new AppError(
    "invalid_input",
    `${file.path} has ${file.size} bytes where its manifest says ${byteCount}: it is not whole.`,
    { hint: "Wait until the export has been written, or copy it again. Nothing of this month was loaded." },
  );
}

function otherKind(file: FocusFile, expected: ExportKind, found: string): AppError {
  return badFile(
    file.name,
    `has ${found} columns where its manifest or name says ${expected} cost`,
    "Export it again.",
  );
}
