import { recordColumns } from "../load/record-columns.ts";
import type { RowSource } from "../load/stage-rows.ts";
import { azureTypeOf, columnText, fileRows } from "./file-rows.ts";
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
  const commitmentName = findColumn(file.columns, "CommitmentDiscountName");
  const isAzure = `${providerKey} = 'azure'`;
  return {
    relation: `
      select ${mapped.join(", ")}, null::varchar as scope,
        ${microsoftType === undefined ? "null::varchar" : columnText(file, microsoftType)} as microsoft_type,
        ${commitmentName === undefined ? "null::varchar" : columnText(file, commitmentName)} as commitment_name
      from ${fileRows(file)}`,
    extraDimensions: ["microsoft_type", "commitment_name"],
    normalize: {
      provider: providerKey,
      currency: "upper(trim(currency))",
      region: `case when ${isAzure} then lower(replace(region, ' ', '')) else lower(region) end`,
      resource_id: `case when ${isAzure} then lower(resource_id) else resource_id end`,
      // On its own charges, where it is the resource; what it pays for has names of its own.
      resource_name: `case when lower(resource_id) = lower(commitment_discount_id)
        then coalesce(commitment_name, resource_name) else resource_name end`,
      resource_group: `lower(coalesce(resource_group, case when ${isAzure} then
        nullif(regexp_extract(lower(resource_id), '/resourcegroups/([^/]+)', 1), '') end))`,
      resource_type: `case when ${isAzure}
        then coalesce(lower(microsoft_type), nullif(lower(${azureTypeOf("resource_id")}), ''), resource_type)
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
