import { quoteName, quoteText } from "../load/staging.ts";
import { MAX_DECIMALS } from "../load/staging-macros.ts";
import type { FocusFile } from "./open-focus-file.ts";

/** SQL that reads a file's rows in order; every value of a CSV arrives as the text that the file has. */
export function fileRows(file: FocusFile): string {
  if (file.kind === "parquet") return `read_parquet(${quoteText(file.path)})`;
  const columns = file.columns.map((name, index) => `${quoteText(csvName(name, index))}: 'VARCHAR'`);
  return `read_csv(${quoteText(file.path)}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', nullstr = ['', 'NULL'], columns = {${columns.join(", ")}})`;
}

// A header may hold unnamed columns, which DuckDB's columns option does not take.
const csvName = (name: string, index: number) => name || `unnamed_${index}`;

/** A file's column as text: numbers exactly, times in UTC, maps and lists as JSON, no empty text. */
export function columnText(file: FocusFile, name: string): string {
  const type = file.types[name] ?? "VARCHAR";
  const column = quoteName(name);
  if (/^(MAP|STRUCT|JSON)|\[\]$/.test(type)) return `to_json(${column})::varchar`;
  if (/^(DOUBLE|FLOAT)$/.test(type)) {
    // Binary fractions have no exact decimals: their shortest text is what the exporter meant, to as many decimals as are kept.
    const shortest = `${column}::varchar`;
    return `coalesce(plain_decimal(coalesce(exact_decimal(${shortest}), try_cast(${shortest} as decimal(38, ${MAX_DECIMALS})))), ${shortest})`;
  }
  const [, digits, decimals] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (digits !== undefined) {
    // Numbers of more than 18 digits take five times as long to write: few have as many as their type.
    const short = Number(digits) > 18 && Number(decimals) <= 18;
    const text = `${column}::varchar`;
    return short ? `coalesce(try_cast(${column} as decimal(18, ${decimals}))::varchar, ${text})` : text;
  }
  return type === "VARCHAR" && file.kind === "csv"
    ? column
    : `nullif(nullif(${column}::varchar, ''), 'NULL')`;
}

/**
 * SQL of the type that an Azure id holds, as inventory and rules speak of it: FOCUS has a display name instead
 * ("Storage account").
 */
export function azureTypeOf(resourceId: string): string {
  return `case when ${resourceId} like '/%' then
  regexp_replace(regexp_extract(${resourceId}, '(?i).*/providers/([^/]+/[^/]+/[^/]+(/[^/]+/[^/]+)?)$', 1),
    '^([^/]+/[^/]+)/[^/]+(/[^/]+)?(/[^/]+)?$', '\\1\\2') end`;
}
