import { azureTypeOf, columnText, fileRows } from "../import/file-rows.ts";
import type { FocusFile } from "../import/open-focus-file.ts";
import { type RecordColumn, recordColumns } from "../load/record-columns.ts";
import type { RowSource } from "../load/stage-rows.ts";
import { MAX_DECIMALS } from "../load/staging-macros.ts";
import { type ClassicColumn, classicNames } from "./classic-columns.ts";
import { ownSubscription } from "./subscription-scope.ts";

/**
 * A Cost Management file of actual or amortized cost as rows to load. Actual rows have the billed cost and no
 * effective, amortized ones the effective and no billed: put together, each total stays exactly its file's.
 * A charge's quantity is in both files and is taken from the actual one.
 */
export function classicSource(file: FocusFile, kind: "actual" | "amortized"): RowSource {
  const texts = (column: ClassicColumn) =>
    classicNames(file.columns, column).map((name) => `nullif(trim(${columnText(file, name)}), '')`);
  const text = (column: ClassicColumn) => {
    const found = texts(column);
    return found.length > 1 ? `coalesce(${found.join(", ")})` : (found[0] ?? "null::varchar");
  };
  const cost = exactCost(text("cost"));
  const day = isoDay(text("day"));
  const isActual = kind === "actual";
  const mapped: Record<RecordColumn, string> = {
    provider: "'azure'",
    billing_account_id: text("billingAccount"),
    // The month is the folder's: it is put in where the parts are put together.
    billing_period_start: "null::varchar",
    billing_period_end: "null::varchar",
    scope: "null::varchar",
    charge_period_start: day,
    charge_period_end: `coalesce((try_cast(${day} as date) + 1)::varchar, ${day})`,
    charge_category: text("chargeType"),
    charge_class: "null::varchar",
    billed_cost: isActual ? cost : `case when ${cost} is not null then '0' end`,
    effective_cost: isActual ? `case when ${cost} is not null then '0' end` : cost,
    contracted_cost: "null::varchar",
    list_cost: "null::varchar",
    currency: text("currency"),
    sub_account_id: text("subscriptionId"),
    sub_account_name: text("subscriptionName"),
    service_name: text("service"),
    service_category: text("serviceCategory"),
    region: text("region"),
    resource_group: text("resourceGroup"),
    resource_id: text("resourceId"),
    resource_name: text("resourceName"),
    resource_type: "null::varchar",
    commitment_discount_id: text("benefit"),
    commitment_discount_type: "null::varchar",
    commitment_discount_status: "null::varchar",
    pricing_category: text("pricingModel"),
    tags: tagObject(text("tags")),
    consumed_quantity: isActual ? text("quantity") : "null::varchar",
    consumed_unit: isActual ? text("unit") : "null::varchar",
    charge_description: text("description"),
    sku_id: text("meter"),
  };
  const columns = Object.values(recordColumns).map((column) => `${mapped[column]} as ${column}`);
  return {
    relation: `select ${columns.join(", ")}, null::varchar as microsoft_type from ${fileRows(file)}`,
    extraDimensions: ["microsoft_type"],
    normalize: {
      ...ownSubscription,
      currency: "upper(trim(currency))",
      region: "lower(replace(region, ' ', ''))",
      resource_id: "lower(resource_id)",
      resource_group:
        "lower(coalesce(resource_group, nullif(regexp_extract(lower(resource_id), '/resourcegroups/([^/]+)', 1), '')))",
      resource_name: "coalesce(resource_name, nullif(regexp_extract(resource_id, '([^/]+)/*$', 1), ''))",
      resource_type: `nullif(lower(${azureTypeOf("resource_id")}), '')`,
      charge_category: `case when ${chargeKey} in ('usage', 'unusedreservation', 'unusedsavingsplan') then 'Usage'
        when ${chargeKey} in ('purchase', 'refund') then 'Purchase'
        when ${chargeKey} = 'tax' then 'Tax' when ${chargeKey} = 'credit' then 'Credit' else 'Adjustment' end`,
      charge_class: `case when ${chargeKey} = 'refund' then 'Correction' end`,
      commitment_discount_id: "lower(commitment_discount_id)",
      commitment_discount_type: `case when ${chargeKey} = 'unusedsavingsplan' or ${benefitKey} like '%savingsplan%'
          then 'Savings Plan'
        when ${chargeKey} = 'unusedreservation' or commitment_discount_id is not null then 'Reservation' end`,
      commitment_discount_status: `case when ${chargeKey} like 'unused%' then 'Unused'
        when ${chargeKey} = 'usage' and commitment_discount_id is not null then 'Used' end`,
      pricing_category: `case lower(pricing_category) when 'ondemand' then 'Standard' when 'spot' then 'Dynamic'
        when 'reservation' then 'Committed' when 'savingsplan' then 'Committed' end`,
    },
  };
}

// Files from before charge types have usage only. As ../../clouds/azure/charge-types.ts reads the Query API's.
const chargeKey = "coalesce(regexp_replace(lower(charge_category), '[^a-z]', '', 'g'), 'usage')";
const benefitKey = "lower(replace(concat(commitment_discount_id, pricing_category), ' ', ''))";

/** True for plain usage, over a classic source's relation: what both cost types have, day by day. */
export const isClassicUsage = `${chargeKey} = 'usage'`;

/**
 * Azure writes doubles. One in scientific notation may have more decimals than are kept: as with Parquet's doubles,
 * its text is what was meant, to as many decimals as a cost may have.
 */
function exactCost(text: string): string {
  const isDouble = `regexp_full_match(${text}, '[+-]?[0-9](\\.[0-9]+)?[eE]-[0-9]{1,3}')`;
  return `coalesce(plain_decimal(case when ${isDouble} then try_cast(${text} as decimal(38, ${MAX_DECIMALS})) end), ${text})`;
}

/** "09/21/2026" (always month first) and ISO days and times. */
function isoDay(text: string): string {
  return `case when regexp_full_match(${text}, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?')
    then coalesce(try_strptime(split_part(${text}, ' ', 1), '%m/%d/%Y')::date::varchar, ${text}) else ${text} end`;
}

/** Enterprise Agreement files have the tags without braces: "env": "prod","team": "web". */
function tagObject(text: string): string {
  return `case when ${text}[1] in ('{', '[') then ${text} else '{' || ${text} || '}' end`;
}
