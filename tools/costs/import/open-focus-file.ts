import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "../../kernel/errors.ts";
import { quoteText, type Staging } from "../load/staging.ts";
import { detectFileKind } from "./detect-file-kind.ts";
import { scanCsv } from "./scan-csv.ts";

/** A FOCUS file, ready for DuckDB: unpacked, its kind known from its content, its columns read. */
export interface FocusFile {
  /** File name as the person gave it, for messages and provenance. */
  name: string;
  /** Where to read it: the file itself, or its unpacked copy in the staging folder. */
  path: string;
  kind: "csv" | "parquet";
  columns: string[];
  /** Parquet only: DuckDB type by column. */
  types: Record<string, string>;
}

/** Opens a local .csv, .csv.gz or .parquet file; every other thing gets one clear AppError. */
export async function openFocusFile(
  staging: Staging,
  path: string,
  signal: AbortSignal,
  options: { name?: string; mayBeEmpty?: boolean; number?: number } = {},
): Promise<FocusFile> {
  const name = options.name ?? basename(path);
  const size = await sizeOf(path, name);
  if (size === 0) throw badFile(name, "is empty", "Export it again: a FOCUS file has a header and rows.");
  let kind = detectFileKind(await readStart(path));
  let readable = path;
  if (kind === "gzip") {
    readable = join(staging.directory, `unpacked-${options.number ?? 0}`);
    await unpack(path, readable, name, signal);
    const start = await readStart(readable);
    if (start.length === 0) throw badFile(name, "is empty once unpacked", "Export it again.");
    kind = detectFileKind(start);
  }
  if (kind === "csv") {
    return {
      name,
      path: readable,
      kind,
      columns: await readHeader(readable, name, options.mayBeEmpty),
      types: {},
    };
  }
  if (kind === "parquet") {
    const types = await readParquetTypes(staging, readable, name);
    return { name, path: readable, kind, columns: Object.keys(types), types };
  }
  throw badFile(
    name,
    `is ${kind}, not a FOCUS file`,
    "Give a FOCUS export as .csv, .csv.gz or .parquet (UTF-8).",
  );
}

/** Bad input from a file: names the file, and line and column where there is one. */
export function badFile(
  file: string,
  what: string,
  hint: string,
  where: { line?: number; row?: number; column?: string } = {},
  cause?: unknown,
): AppError {
  const place = [
    where.line === undefined ? [] : [`line ${where.line}`],
    where.row === undefined ? [] : [`row ${where.row}`],
    where.column === undefined ? [] : [`column ${where.column}`],
  ].flat();
  const message = place.length > 0 ? `${file}, ${place.join(", ")}: ${what}.` : `${file} ${what}.`;
  return new AppError("invalid_input", message, { hint, cause, details: { file, ...where } });
}

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) {
      throw badFile(name, "is a folder", "Give one file: .csv, .csv.gz or .parquet.");
    }
    if (!info.isFile())
      throw badFile(name, "is not an ordinary file", "Give a .csv, .csv.gz or .parquet file.");
    return info.size;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new AppError("not_found", `There is no file ${path}.`, {
        hint: "Check the path.",
        details: { file: name },
      });
    }
    throw new AppError("invalid_input", `${name} cannot be read (${code}).`, {
      hint: "Check who may read it.",
      cause,
      details: { file: name },
    });
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError("invalid_input", `${basename(path)} cannot be read (${cause.code}).`, {
      hint: "Check who may read it.",
      cause,
      details: { file: basename(path) },
    });
  });
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64 * 1024) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

// DuckDB's gzip reader checks neither length nor checksum, so a truncated file would load in part: zlib does.
async function unpack(path: string, target: string, name: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ chunkSize: 256 * 1024 }),
      createWriteStream(target, { mode: 0o600 }),
      {
        signal,
      },
    );
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    if (code === "Z_BUF_ERROR") {
      throw badFile(
        name,
        "is cut off: its gzip data ends too early",
        "Copy or download it again.",
        {},
        cause,
      );
    }
    if (code.startsWith("Z_"))
      throw badFile(
        name,
        "is damaged: its gzip data cannot be unpacked",
        "Copy or download it again.",
        {},
        cause,
      );
    throw cause;
  }
}

async function readHeader(path: string, name: string, mayBeEmpty = false): Promise<string[]> {
  let columns: string[] = [];
  let records = 0;
  const defect = await scanCsv(path, (record) => {
    if (record.index === 0) columns = record.fields.map((field) => field.text.trim());
    records += 1;
    return records < 2;
  });
  if (columns.length === 0 && defect?.kind === "encoding") {
    throw badFile(name, "the text is not UTF-8", "Save it as UTF-8.", { line: defect.line });
  }
  if (columns.length === 0)
    throw badFile(name, "has no header", "The first line of a FOCUS file names its columns.");
  const keys = columns.map((column) => column.toLowerCase());
  const twice = columns.find(
    (column, index) => column !== "" && keys.indexOf(column.toLowerCase()) !== index,
  );
  if (twice !== undefined) {
    throw badFile(name, "the column is there twice", "Keep one of them.", { line: 1, column: twice });
  }
  if (records < 2 && !defect && !mayBeEmpty)
    throw badFile(name, "has a header but no rows", "Export a period that has costs.");
  return columns;
}

async function readParquetTypes(
  staging: Staging,
  path: string,
  name: string,
): Promise<Record<string, string>> {
  try {
    const rows = await staging.rows<{ column_name: string; column_type: string }>(
      `describe select * from read_parquet(${quoteText(path)})`,
    );
    return Object.fromEntries(rows.map((row) => [row.column_name, row.column_type]));
  } catch (cause) {
    throw badFile(
      name,
      "is damaged or cut off: its Parquet footer cannot be read",
      "Copy or download it again.",
      {},
      cause,
    );
  }
}
