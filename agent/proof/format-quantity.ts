import type { ExactDecimal } from "@cloudoptima/tools/kernel/money.ts";
import { bytesInWords } from "@cloudoptima/tools/kernel/scale-measure.ts";
import { isMoneyUnit, type Quantity } from "./quantity.ts";
import type { FigureFormat } from "./reference.ts";

const symbols: Record<string, string> = { USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹" };
const nouns: Record<string, [one: string, many: string]> = {
  days: ["day", "days"],
  hours: ["hour", "hours"],
  months: ["month", "months"],
  years: ["year", "years"],
};

/**
 * A quantity as people read it: "$110,238", "$412.50", "$0.0000008", "45.1 %", "1,240", "31 days", "1.18 MiB".
 * short: "$110.2 k". exact: every decimal. signed: with its plus sign. unsigned: with none.
 */
export function formatQuantity({ value, unit }: Quantity, format?: FigureFormat): string {
  const sign =
    format === "unsigned"
      ? ""
      : value.isNegative() && !value.isZero()
        ? "-"
        : format === "signed" && !value.isZero()
          ? "+"
          : "";
  const size = value.abs();
  if (isMoneyUnit(unit)) {
    const amount = format === "exact" ? group(size.toFixed()) : money(size, format === "short");
    const symbol = symbols[unit];
    return symbol ? `${sign}${symbol}${amount}` : `${sign}${unit} ${amount}`;
  }
  if (unit === "bytes" && format !== "exact") return `${sign}${bytesInWords(size.toFixed())}`;
  if (unit === "percent") return `${sign}${group(percent(size))} %`;
  const number = group(format === "exact" ? size.toFixed() : size.toDecimalPlaces(2).toFixed());
  if (unit === "count") return `${sign}${number}`;
  const noun = nouns[unit];
  return `${sign}${number} ${noun ? noun[size.equals(1) ? 0 : 1] : unit}`;
}

function money(size: ExactDecimal, short: boolean): string {
  if (short && size.gte(1_000_000)) return `${size.dividedBy(1_000_000).toFixed(2)} M`;
  if (short && size.gte(10_000)) return `${size.dividedBy(1000).toFixed(1)} k`;
  if (size.isZero()) return "0";
  if (size.gte(1000)) return group(size.toFixed(0));
  if (size.gte("0.1")) return group(size.toFixed(2));
  // Below ten cents two digits that count, so that a tiny cost is not shown as nothing.
  const tiny = size.toSignificantDigits(2).toFixed();
  return tiny.length < 4 ? tiny.padEnd(4, "0") : tiny;
}

/** One decimal, or two digits that count when it is smaller than that. */
function percent(size: ExactDecimal): string {
  if (size.isZero()) return "0";
  if (size.lt("0.1")) return size.toSignificantDigits(1).toFixed();
  return size.toFixed(1).replace(/^100\.0$/, "100");
}

function group(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}
