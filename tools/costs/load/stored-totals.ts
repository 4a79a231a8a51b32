import { costsOf, type FactTable, type StoredSums } from "@cloudoptima/db/queries/cost-loading.ts";
import { AppError } from "../../kernel/errors.ts";
import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { LoadedTotal } from "./load-result.ts";

const kinds = ["billed", "effective", "contracted", "list"] as const;

/** Adds up what the database says it stored, and compares it with what was read: equal to the last decimal. */
export class StoredTotals {
  readonly #byCurrency = new Map<
    string,
    { rowCount: number } & Record<(typeof kinds)[number], ExactDecimal>
  >();

  add(sums: readonly StoredSums[]): void {
    for (const sum of sums) {
      const before = this.#byCurrency.get(sum.currency);
      this.#byCurrency.set(sum.currency, {
        rowCount: (before?.rowCount ?? 0) + Number(sum.row_count),
        billed: decimal(sum.billed_cost).plus(before?.billed ?? 0),
        effective: decimal(sum.effective_cost).plus(before?.effective ?? 0),
        contracted: decimal(sum.contracted_cost).plus(before?.contracted ?? 0),
        list: decimal(sum.list_cost).plus(before?.list ?? 0),
      });
    }
  }

  /** Throws unless every currency's row count and totals of what the table keeps are exactly those expected. */
  mustEqual(expected: readonly LoadedTotal[], where: FactTable): void {
    const kept = costsOf(where);
    const differences = expected.flatMap((total) => {
      const stored = this.#byCurrency.get(total.currency);
      if (!stored || stored.rowCount !== total.rowCount) {
        return [`${total.currency} rows: read ${total.rowCount}, stored ${stored?.rowCount ?? 0}`];
      }
      return kinds
        .filter((kind) => kept.includes(`${kind}_cost`) && !stored[kind].equals(total[kind]))
        .map((kind) => `${total.currency} ${kind}: read ${total[kind]}, stored ${stored[kind]}`);
    });
    for (const currency of this.#byCurrency.keys()) {
      if (!expected.some((total) => total.currency === currency))
        differences.push(`${currency}: not in the source`);
    }
    if (differences.length === 0) return;
    throw new AppError("internal", `The load does not tie out in ${where}: ${differences.join("; ")}.`, {
      hint: "Nothing was published. This is a defect of ours: please report it with the file's shape.",
      details: { where, differences },
    });
  }
}
