import { factTables } from "@cloudoptima/db/queries/cost-loading.ts";
import { type Outgoing, outgoing } from "./outgoing-tables.ts";
import type { Staging } from "./staging.ts";

/** Rows that travel together: a batch is a whole number of chunks. */
export const CHUNK_ROWS = 250;
/** Chunks that are prepared at once, while the database still stores the ones before. */
const PAGE_ROWS = 5_000;

/** Up to CHUNK_ROWS rows as the inside of PostgreSQL array literals, by column. */
export interface Chunk {
  rowCount: number;
  columns: Record<string, string>;
}

/** Cuts a staging table into chunks, the next page being read while the caller stores the last one. */
export async function* readChunks(staging: Staging, table: Outgoing): AsyncGenerator<Chunk[]> {
  const { relation } = outgoing[table];
  const [row] = await staging.rows<{ n: string }>(`select count(*)::varchar as n from ${relation}`);
  const total = Number(row!.n);
  let next = total > 0 ? readPage(staging, table, 0) : undefined;
  for (let from = PAGE_ROWS; next; from += PAGE_ROWS) {
    const page = await next;
    next = from < total ? readPage(staging, table, from) : undefined;
    // Read ahead while the caller stores; if the caller stops early, this failure is nobody's.
    next?.catch(() => {});
    yield page;
  }
}

/**
 * DuckDB builds the literals, so that JavaScript touches no row. One list of structs per chunk keeps the columns
 * of a row together by construction; separate string_agg calls would only do so by luck.
 */
async function readPage(staging: Staging, table: Outgoing, from: number): Promise<Chunk[]> {
  const { relation, joins, values } = outgoing[table];
  const columns = Object.keys(values);
  const to = from + PAGE_ROWS - 1;
  const rows = await staging.rows<Record<string, string>>(`
    with page as (
      select rowid as rowid_, * from ${relation} where rowid between ${from} and ${to}
    ), elements as (
      select (rowid_ - ${from}) // ${CHUNK_ROWS} as chunk,
        ${columns.map((column, index) => `${element(table, column)} as e${index}`).join(", ")}
      from page ${joins.replace("{from}", String(from)).replace("{to}", String(to))}
    ), chunks as (
      select list({${columns.map((_, index) => `e${index}: e${index}`).join(", ")}}) as members
      from elements group by chunk
    )
    select len(members)::varchar as chunk_rows,
      ${columns.map((column, index) => `array_to_string(list_transform(members, lambda member: member.e${index}), ',') as ${column}`).join(", ")}
    from chunks`);
  return rows.map(({ chunk_rows, ...columns }) => ({ rowCount: Number(chunk_rows), columns }));
}

/** A value as one element of an array literal. */
function element(table: Outgoing, column: string): string {
  const value = outgoing[table].values[column]!;
  const types: Record<string, string> = table === "series" ? {} : factTables[table];
  const type = types[column] ?? "text";
  const isText = ["text", "timestamptz"].includes(type) || type.endsWith("[]");
  return isText ? `array_text(${value})` : `coalesce((${value})::varchar, 'NULL')`;
}

/** Joins chunks into one array literal per column. */
export function joinChunks(chunks: readonly Chunk[]): { rowCount: number; arrays: Record<string, string> } {
  const columns = Object.keys(chunks[0]?.columns ?? {});
  return {
    rowCount: chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0),
    arrays: Object.fromEntries(
      columns.map((column) => [column, `{${chunks.map((chunk) => chunk.columns[column]).join(",")}}`]),
    ),
  };
}
