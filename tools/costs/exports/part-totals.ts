import { AppError } from "../../kernel/errors.ts";
import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import { readFailure } from "../import/focus-problem.ts";
import { badFile } from "../import/open-focus-file.ts";
import { costColumns } from "../load/record-columns.ts";
import type { Staging } from "../load/staging.ts";
import type { OpenedPart } from "./export-part.ts";

/** What one part says of one subscription and currency, summed over the file itself. */
export interface PartTotal {
  currency: string;
  /** Null: charges of no subscription. */
  subscriptionId: string | null;
  rowCount: number;
  billed: ExactDecimal;
  effective: ExactDecimal;
  /** Last day with plain usage, YYYY-MM-DD. */
  lastUsageDay: string | null;
}

/** Sums a part; throws when it has not the rows its manifest says, or usage of another month. */
export async function sumPart(
  staging: Staging,
  part: OpenedPart,
  month: { start: string; end: string },
  signal: AbortSignal,
): Promise<PartTotal[]> {
  const { source, isUsage, file } = part;
  const day = "utc_timestamp(charge_period_start)::date";
  const rows = await staging
    .rows<Record<string, string | null>>(
      `select ${source.normalize!.currency} as currency, ${source.normalize!.sub_account_id} as subscription,
        count(*)::varchar as row_count,
        ${costColumns
          .slice(0, 2)
          .map((column) => `coalesce(sum(exact_decimal(${column})), 0)::varchar as ${column}`)
          .join(", ")},
        (max(${day}) filter (${isUsage}))::varchar as last_usage_day,
        (min(${day}) filter (${isUsage}))::varchar as first_usage_day
      from (${source.relation}) group by 1, 2`,
    )
    .catch(async (cause: Error) => {
      signal.throwIfAborted();
      throw await readFailure([file], cause);
    });
  const found = rows.reduce((sum, row) => sum + Number(row.row_count), 0);
  const expected = part.part.rowCount;
  if (expected !== null && expected !== found) {
    throw new AppError(
      "invalid_input",
      `${file.name} has ${found} rows where its manifest says ${expected}: it is not whole.`,
      { hint: "Wait until the export has been written, or copy it again. Nothing of this month was loaded." },
    );
  }
  for (const { first_usage_day: first, last_usage_day: last } of rows) {
    const strange = first && first < month.start ? first : last && last >= month.end ? last : undefined;
    if (strange) {
      throw badFile(
        file.name,
        `has usage of ${strange}, outside the month of its folder`,
        "Keep each export's folders as Azure wrote them.",
      );
    }
  }
  return rows.map((row) => ({
    currency: row.currency ?? "",
    subscriptionId: row.subscription ?? null,
    rowCount: Number(row.row_count),
    billed: decimal(row.billed_cost!),
    effective: decimal(row.effective_cost!),
    lastUsageDay: row.last_usage_day ?? null,
  }));
}
