import type { Answer, Figure } from "@cloudoptima/agent/answer.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";

/** Rows of a truth query: decimal strings under columns whose name starts with the unit, or names. */
export type TruthRow = Record<string, string | null>;

// Shares come from the tools with six decimals of a ratio: four of a percentage.
const tolerances: Record<string, string> = { usd: "0.000001", percent: "0.0001", count: "0", days: "0" };

/** What of the truth the answer lacks: a figure with that value and unit, or a name. */
export function checkTruth(answer: Answer, rows: readonly TruthRow[], moneyWithin?: string): string[] {
  if (rows.length === 0) return ["the truth query gave no row: the case is wrong"];
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) => {
      if (value === null) return [`the truth of ${column} is null: the case is wrong`];
      const unit = column.split("_")[0] ?? "";
      const tolerance = unit === "usd" ? (moneyWithin ?? tolerances.usd) : tolerances[unit];
      if (tolerance === undefined) {
        const told = answer.answer.toLowerCase().includes(value.toLowerCase());
        return told ? [] : [`it does not mention "${value}"`];
      }
      const found = answer.figures.some(
        (figure) =>
          unitOf(figure) === unit &&
          // The sign may be told in words ("fell by $3"); `says` checks the direction.
          decimal(figure.value).abs().minus(decimal(value).abs()).abs().lessThanOrEqualTo(tolerance),
      );
      return found ? [] : [`it has no figure of ${value} ${unit}`];
    }),
  );
}

function unitOf(figure: Figure): string {
  return /^[A-Z]{3}$/.test(figure.unit) ? figure.unit.toLowerCase() : figure.unit;
}
