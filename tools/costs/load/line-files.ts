import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type FactTable, factTables } from "@cloudoptima/db/queries/cost-loading.ts";
import { outgoing } from "./outgoing-tables.ts";
import { joined } from "./stage-rows.ts";
import { quoteText, type Staging } from "./staging.ts";

/** Rows of one file: a row group of DuckDB, of which it then reads no other; some ten megabytes. */
const FILE_ROWS = 122_880;

/** A file of lines for COPY, in the staging folder until its reader removes it. */
export interface LineFile {
  path: string;
  rowCount: number;
}

/**
 * Writes a staging table as files of lines, the next one while the caller stores the last. DuckDB writes them, so
 * that neither a row nor a text is ever JavaScript's; what is sent are the file's bytes.
 */
export async function* writeLineFiles(staging: Staging, table: FactTable): AsyncGenerator<LineFile> {
  const { relation } = outgoing[table];
  const [row] = await staging.rows<{ n: string }>(`select count(*)::varchar as n from ${relation}`);
  const total = Number(row!.n);
  let next = total > 0 ? writeFile(staging, table, 0) : undefined;
  for (let from = FILE_ROWS; next; from += FILE_ROWS) {
    const file = await next;
    next = from < total ? writeFile(staging, table, from) : undefined;
    // Written ahead while the caller stores; if the caller stops early, this failure is nobody's.
    next?.catch(() => {});
    if (file.rowCount > 0) yield file;
    else await rm(file.path);
  }
}

const PIECE_BYTES = 256 * 1024;

/** A file's bytes, each piece in the memory of the one before: new memory for all of them keeps the collector busy. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const memory = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, memory.length);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function writeFile(staging: Staging, table: FactTable, from: number): Promise<LineFile> {
  const { relation, joins, values, line } = outgoing[table];
  const to = from + FILE_ROWS - 1;
  const path = join(staging.directory, `${table}-${from}.lines`);
  // A line has no names: its values stand in the table's order.
  const ordered = Object.entries(factTables[table]).map(([column, type]) =>
    type === "text" ? `copy_text(${values[column]})` : values[column]!,
  );
  const [written] = await staging.rows<{ Count: bigint }>(`
    copy (
      with page as (select rowid as rowid_, * from ${relation} where rowid between ${from} and ${to})
      select ${line ?? joined(ordered)} as line
      from page ${joins.replace("{from}", String(from)).replace("{to}", String(to))}
    ) to ${quoteText(path)} (format csv, header false, quote '', escape '')`);
  return { path, rowCount: Number(written!.Count) };
}
