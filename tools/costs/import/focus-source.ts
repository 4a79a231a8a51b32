import { recordColumns } from "../load/record-columns.ts";
import type { RowSource } from "../load/stage-rows.ts";
import { quoteName, quoteText } from "../load/staging.ts";
import { columnsFor, findColumn, type MappedColumn } from "./focus-columns.ts";
import type { FocusFile } from "./open-focus-file.ts";

/** A FOCUS file as rows to load, with provider, region and Azure ids normalized. */
export function focusSource(file: FocusFile): RowSource {
  const text = (column: MappedColumn) => {
    const texts = columnsFor(file.columns, column).map((name) => columnText(file, name));
    return texts.length > 1 ? `coalesce(${texts.join(", ")})` : (texts[0] ?? "null::varchar");
  };
  const mapped = Object.values(recordColumns)
    .filter((column) => column !== "scope")
    .map((column) => `${text(column)} as ${column}`);
  const microsoftType = findColumn(file.columns, "x_ResourceType");
  const isAzure = `${providerKey} = 'azure'`;
  return {
    relation: `
      select ${mapped.join(", ")}, null::varchar as scope,
        ${microsoftType === undefined ? "null::varchar" : columnText(file, microsoftType)} as microsoft_type
      from ${readFile(file)}`,
    extraDimensions: ["microsoft_type"],
    normalize: {
      provider: providerKey,
      currency: "upper(trim(currency))",
      region: `case when ${isAzure} then lower(replace(region, ' ', '')) else lower(region) end`,
      resource_id: `case when ${isAzure} then lower(resource_id) else resource_id end`,
      resource_group: `lower(coalesce(resource_group, case when ${isAzure} then
        nullif(regexp_extract(lower(resource_id), '/resourcegroups/([^/]+)', 1), '') end))`,
      resource_type: `case when ${isAzure}
        then coalesce(lower(microsoft_type), nullif(lower(${azureType}), ''), resource_type)
        else resource_type end`,
    },
  };
}

// The lower-case keys that the product knows clouds by; others become a key of their own.
const providerKey = `case
  when provider is null then null
  when lower(provider) like 'aws%' or lower(provider) like 'amazon%' then 'aws'
  when lower(provider) like 'microsoft%' or lower(provider) like 'azure%' then 'azure'
  when lower(provider) like 'google%' or lower(provider) like 'gcp%' then 'gcp'
  when lower(provider) like 'oracle%' or lower(provider) like 'oci%' then 'oracle'
  else nullif(trim(regexp_replace(lower(provider), '[^a-z0-9]+', '-', 'g'), '-'), '') end`;

// FOCUS has a display name ("Storage account"); the id holds the type that inventory and rules speak of.
const azureType = `case when resource_id like '/%' then
  regexp_replace(regexp_extract(resource_id, '(?i).*/providers/([^/]+/[^/]+/[^/]+(/[^/]+/[^/]+)?)$', 1),
    '^([^/]+/[^/]+)/[^/]+(/[^/]+)?(/[^/]+)?$', '\\1\\2') end`;

function readFile(file: FocusFile): string {
  if (file.kind === "parquet") return `read_parquet(${quoteText(file.path)})`;
  // Nothing is guessed: every value arrives as the text that the file has.
  const columns = file.columns.map((name, index) => `${quoteText(csvName(name, index))}: 'VARCHAR'`);
  return `read_csv(${quoteText(file.path)}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', nullstr = ['', 'NULL'], columns = {${columns.join(", ")}})`;
}

// A header may hold unnamed columns, which DuckDB's columns option does not take.
const csvName = (name: string, index: number) => name || `unnamed_${index}`;

/** A file's column as text: numbers exactly, times in UTC, maps and lists as JSON, no empty text. */
function columnText(file: FocusFile, name: string): string {
  const type = file.types[name] ?? "VARCHAR";
  const column = quoteName(name);
  if (/^(MAP|STRUCT|JSON)|\[\]$/.test(type)) return `to_json(${column})::varchar`;
  if (/^(DOUBLE|FLOAT)$/.test(type)) {
    // Binary fractions have no exact decimals: their shortest text is what the exporter meant, to 18 decimals.
    const shortest = `${column}::varchar`;
    return `coalesce(plain_decimal(coalesce(exact_decimal(${shortest}), try_cast(${shortest} as decimal(38, 18)))), ${shortest})`;
  }
  return type === "VARCHAR" && file.kind === "csv"
    ? column
    : `nullif(nullif(${column}::varchar, ''), 'NULL')`;
}
