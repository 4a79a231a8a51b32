/** A decimal string as Intl takes it, exactly. */
type Exact = `${number}`;

/** "$12.50 and €3.00": amounts of several currencies are never added. */
export function moneyWords(amounts: readonly { value: string; currency: string }[]): string {
  return amounts.map(({ value, currency }) => formatMoney(value, currency)).join(" and ");
}

/** "$1,234.50"; amounts under a cent keep two significant digits, so that a small cost never reads as zero. */
export function formatMoney(value: string, currency: string): string {
  const small = Math.abs(Number(value)) < 0.01 && Number(value) !== 0;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    ...(small ? { maximumSignificantDigits: 2 } : {}),
  }).format(value as Exact);
}

/** "+$12.00", "-$3.40" */
export function formatChange(value: string, currency: string): string {
  const text = formatMoney(value, currency);
  return Number(value) > 0 ? `+${text}` : text;
}

/** A ratio 0..1 as "45.2 %". */
export function formatShare(share: string | null): string {
  return share === null
    ? ""
    : `${new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Number(share) * 100)} %`;
}

/** "1,240" */
export function formatCount(value: string | number): string {
  return new Intl.NumberFormat("en-US").format(value as Exact);
}

/** "1,234.50" for a column that names its currency; amounts under a cent keep two significant digits. */
export function formatAmount(value: string): string {
  const small = Math.abs(Number(value)) < 0.01 && Number(value) !== 0;
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: 2,
    ...(small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 }),
  }).format(value as Exact);
}

/** A point of a line: money in its currency, else the number with its unit ("12.3 %", "1.46 GiB"). */
export function formatPoint(value: string, { currency, unit }: { currency?: string; unit?: string }): string {
  return currency ? formatMoney(value, currency) : withUnit(formatMeasured(value), unit);
}

/** "1,240", "12.35", "0.0021": two decimals, or two digits that count when it is smaller than that. */
export function formatMeasured(value: string | number): string {
  const small = Math.abs(Number(value)) < 0.1 && Number(value) !== 0;
  return new Intl.NumberFormat(
    "en-US",
    small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 },
  ).format(value as Exact);
}

export function withUnit(number: string, unit: string | undefined): string {
  return unit ? `${number} ${unit}` : number;
}
