import { withUnit } from "../kernel/format-value.ts";
import { safeName } from "../kernel/safe-name.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Money beside a bar or on an axis: whole units from a thousand on, cents below, $1.2M for millions. */
export function shortMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "-" : "";
  if (size > 0 && size < 0.01) return `${sign}<${money(0.01, currency, 2)}`;
  if (size >= 1_000_000) return sign + money(size, currency, 1, "compact");
  return sign + money(size, currency, size >= 1000 ? 0 : 2);
}

/** What the ticks of a line's axis say: money as $20k, else 20k with the unit. */
export function axisPoint(value: number, { currency, unit }: { currency?: string; unit?: string }): string {
  if (currency) return axisMoney(value, currency);
  const number = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
  return withUnit(number.format(value).replace("K", "k"), unit === "%" ? unit : undefined);
}

/** Money for the ticks of an axis: $20k. */
function axisMoney(value: number, currency: string): string {
  return money(value, currency, 1, "compact").replace("K", "k");
}

/** "Oct 2026" for a month, "14 Oct 05:00" for an hour, "14 Oct" otherwise; `day` is as in a line's points. */
export function dayLabel(day: string, granularity: "hourly" | "daily" | "weekly" | "monthly"): string {
  const [, year, month, date, hour] = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(day) ?? [];
  if (!year) return safeName(day, 12);
  const name = months[Number(month) - 1];
  if (granularity === "hourly" && hour) return `${Number(date)} ${name} ${hour}`;
  return granularity === "monthly" ? `${name} ${year}` : `${Number(date)} ${name}`;
}

/** A label that fits `longest` characters; what is cut is told by an ellipsis. */
export function fitLabel(label: string, longest: number): string {
  return safeName(label, longest);
}

function money(value: number, currency: string, digits: number, notation?: "compact"): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: /^[A-Za-z]{3}$/.test(currency) ? currency : "USD",
    notation,
    minimumFractionDigits: notation ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(value);
}
