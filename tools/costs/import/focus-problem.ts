import { AppError } from "../../kernel/errors.ts";
import { FIRST_YEAR, LAST_YEAR, longestOf, MAX_PERIOD_MONTHS, type RowProblem } from "../load/stage-rows.ts";
import { MAX_DECIMALS } from "../load/staging-macros.ts";
import { columnsFor, focusColumns, type MappedColumn } from "./focus-columns.ts";
import { badFile, type FocusFile } from "./open-focus-file.ts";
import { scanCsv } from "./scan-csv.ts";

const LONGEST_QUOTE = 60;

/** Refuses a file without the columns that every FOCUS version requires. */
export function requireColumns(file: FocusFile): void {
  const required = (Object.keys(focusColumns) as MappedColumn[]).filter(
    (column) => focusColumns[column].required,
  );
  const missing = required.filter((column) => columnsFor(file.columns, column).length === 0);
  if (missing.length === 0) return;
  const line = file.kind === "csv" ? { line: 1 } : {};
  if (missing.length === required.length) {
    throw badFile(
      file.name,
      "none of its columns is a FOCUS column, so this is not a FOCUS file",
      "Give a FOCUS 1.0 to 1.4 export (cost and usage).",
      line,
    );
  }
  const names = missing.map((column) =>
    column === "provider" ? "ServiceProviderName (or ProviderName)" : focusColumns[column].names[0],
  );
  throw badFile(
    file.name,
    names.length === 1 ? "the required column is missing" : "required columns are missing",
    "Export it again with all columns of FOCUS 1.0 to 1.4.",
    { ...line, column: names.join(", ") },
  );
}

/** Turns the first bad row into an error that names file, physical line and column (the FOCUS one unless given). */
export async function focusProblem(
  file: FocusFile,
  problem: RowProblem,
  column = columnsFor(file.columns, problem.column as MappedColumn)[0] ?? problem.column,
): Promise<AppError> {
  // A comma too many makes every value after it wrong: the row is told, not the value that was looked at first.
  const defect = file.kind === "csv" ? await findCsvDefect(file, undefined) : null;
  if (defect) return defect;
  return badFile(file.name, describe(problem), "Correct the value or export it again; nothing was loaded.", {
    ...(file.kind === "csv"
      ? { line: await findLine(file, problem.row, file.columns.indexOf(column)) }
      : { row: problem.row }),
    column,
  });
}

/** Why DuckDB could not read files: an error that says where one is wrong, or the cause when none is to blame. */
export async function readFailure(files: readonly FocusFile[], cause: Error): Promise<Error> {
  for (const file of files.filter(({ kind }) => kind === "csv")) {
    const defect = await findCsvDefect(file, cause);
    if (defect) return defect;
  }
  const isReading = /^(Invalid Input|IO|Serialization|Corrupt\w*|Conversion) Error|^TProtocolException/;
  if (!isReading.test(cause.message)) return cause;
  if (/No space left|ENOSPC/.test(cause.message)) {
    return new AppError("unavailable", "There is not enough disk space to check the file.", { cause });
  }
  const names = files.map(({ name }) => name).join(" or ");
  return badFile(names, "is damaged: it cannot be read to its end", "Copy or download it again.", {}, cause);
}

/** Finds why DuckDB could not read a CSV file at all, or null when the file is not to blame. */
async function findCsvDefect(file: FocusFile, cause: unknown): Promise<AppError | null> {
  let wrong: { line: number; found: number } | undefined;
  const defect = await scanCsv(file.path, (record) => {
    if (record.fields.length === file.columns.length) return true;
    wrong = { line: record.line, found: record.fields.length };
    return false;
  });
  if (wrong) {
    return badFile(
      file.name,
      `the row has ${wrong.found} ${wrong.found === 1 ? "value" : "values"}, the header ${file.columns.length} columns`,
      "The file may be cut off or its quotes unbalanced; export it again. Nothing was loaded.",
      { line: wrong.line },
      cause,
    );
  }
  if (!defect) return null;
  return defect.kind === "encoding"
    ? badFile(
        file.name,
        "the text is not UTF-8",
        "Save it as UTF-8; nothing was loaded.",
        { line: defect.line },
        cause,
      )
    : badFile(
        file.name,
        "a quoted value is not closed properly",
        "The file may be cut off; export it again. Nothing was loaded.",
        { line: defect.line },
        cause,
      );
}

function describe(problem: RowProblem): string {
  const text =
    problem.value.length > LONGEST_QUOTE ? `${problem.value.slice(0, LONGEST_QUOTE)}…` : problem.value;
  const quoted = JSON.stringify(text);
  switch (problem.kind) {
    case "missing":
      return "the value is missing";
    case "number":
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(problem.value))
        return `${quoted} is not a number`;
      return `${quoted} is too large or has more than ${MAX_DECIMALS} decimals, and costs are never rounded`;
    case "date":
      return `${quoted} is not a date such as 2026-09-01T00:00:00Z`;
    case "currency":
      return `${quoted} is not a currency code (ISO 4217) such as USD`;
    case "period":
      return `the period ends ${quoted}, not after its start`;
    case "year":
      return `${quoted} lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}`;
    case "long_period":
      return `the billing period ends ${quoted}, more than ${MAX_PERIOD_MONTHS} months after its start`;
    case "long_text":
      return `${quoted} is longer than ${longestOf(problem.column)} bytes`;
    case "tags":
      return `${quoted} is not a JSON object of tags`;
  }
}

async function findLine(file: FocusFile, row: number, field: number): Promise<number | undefined> {
  let line: number | undefined;
  await scanCsv(file.path, (record) => {
    if (record.index !== row) return true;
    line = record.fields[field]?.line ?? record.line;
    return false;
  });
  return line;
}
