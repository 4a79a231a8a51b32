import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import {
  type Bucket,
  type CostGroup,
  type CostScope,
  needsSeries,
} from "@cloudoptima/db/queries/cost-source.ts";
import { type BucketSum, sumCostsByTime } from "@cloudoptima/db/queries/costs.ts";
import { decimal } from "../kernel/money.ts";
import { addDays, earlier } from "./coverage.ts";

// On the embedded engine one statement holds up everybody. These many days stay under 250 ms with 500,000 rows a
// year (measured by testing/measure-costs.ts): by series there is a row per resource and day, in the summary fewer.
const SERIES_DAYS = 31;
const SUMMARY_DAYS = 184;
const MONTHS = 6;

/** Costs by time, read in pieces where one statement would take long, and put together exactly. */
export async function readBuckets(
  transaction: TenantTransaction,
  scope: CostScope,
  bucket: Bucket,
  group?: { group: CostGroup; keys: readonly string[] },
): Promise<BucketSum[]> {
  const bySeries = needsSeries([...(group ? [group.group] : []), ...scope.conditions]);
  const merged = new Map<string, BucketSum>();
  for (let start = scope.start; start < scope.end; ) {
    const end = earlier(pieceEnd(start, bucket, bySeries), scope.end);
    for (const sum of await sumCostsByTime(transaction, { ...scope, start, end }, bucket, group)) {
      const id = JSON.stringify([sum.currency, sum.bucket, sum.key]);
      const before = merged.get(id);
      merged.set(id, {
        ...sum,
        amount: decimal(before?.amount ?? "0")
          .plus(sum.amount)
          .toFixed(),
        rowCount: (before?.rowCount ?? 0) + sum.rowCount,
      });
    }
    start = end;
  }
  return [...merged.values()];
}

// Pieces of months end with a month, so that each can still be read from whole months.
function pieceEnd(start: string, bucket: Bucket, bySeries: boolean): string {
  if (bucket === "month")
    return Temporal.PlainDate.from(start).with({ day: 1 }).add({ months: MONTHS }).toString();
  return addDays(start, bySeries ? SERIES_DAYS : SUMMARY_DAYS);
}
