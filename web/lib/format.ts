const locale = "en-US";

/** An exact decimal string as money with cents, e.g. $110,238.09; small amounts keep up to six decimals. */
export function formatMoney(value: string, currency: string): string {
  const amount = Number(value);
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  return money(currency, 2, small ? 6 : 2).format(amount);
}

/** Money for an axis or a tight label: $110k, $1.2M. */
function formatMoneyShort(value: string | number, currency: string): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: safeCurrency(currency),
    notation: "compact",
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  })
    .format(Number(value))
    .replace("K", "k");
}

/** The tick of a line's axis: money as $110k, else 110k, with the sign of percent. */
export function formatPointShort(
  value: number,
  { currency, unit }: { currency?: string; unit?: string },
): string {
  if (currency) return formatMoneyShort(value, currency);
  const number = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  return `${number.format(value).replace("K", "k")}${unit === "%" ? " %" : ""}`;
}

/** Money without its currency, for a column that names it; `signed` shows + as well. */
export function formatAmount(value: string, signed = false): string {
  const amount = Number(value);
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  const text = Math.abs(amount).toLocaleString(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: small ? 6 : 2,
  });
  const sign = amount < 0 ? "−" : signed && amount > 0 ? "+" : "";
  return `${sign}${text}`;
}

/** Money beside a bar: whole units from a thousand on, cents below, "<$0.01" for crumbs, $1.2M for millions. */
export function formatMoneyLabel(value: string | number, currency: string): string {
  const amount = Number(value);
  const size = Math.abs(amount);
  const sign = amount < 0 ? "−" : "";
  if (size >= 1_000_000) return sign + formatMoneyShort(size, currency);
  if (size !== 0 && size < 0.01) return `${sign}<${money(currency, 2, 2).format(0.01)}`;
  const digits = size >= 1000 ? 0 : 2;
  return sign + money(currency, digits, digits).format(size);
}

/** Every digit of a decimal string, its whole part grouped: 106,756.609703. */
export function formatExact(value: string): string {
  const [whole = "0", fraction] = value.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A signed change, with its word-free sign: +$826.10 or −$310.00. */
export function formatChange(value: string, currency: string): string {
  const sign = value.startsWith("-") ? "−" : Number(value) === 0 ? "" : "+";
  return `${sign}${formatMoney(value.replace(/^-/, ""), currency)}`;
}

/** A ratio 0..1 as a percentage, e.g. 12.4 %. */
export function formatShare(ratio: string): string {
  const percent = Number(ratio) * 100;
  const digits = Math.abs(percent) >= 99.95 || percent === 0 ? 0 : 1;
  return `${percent.toFixed(digits)} %`;
}

/** A percentage given in percent. */
export function formatPercent(percent: string): string {
  return `${Number(percent).toLocaleString(locale, { maximumFractionDigits: 1 })} %`;
}

export function formatCount(value: string | number): string {
  return Number(value).toLocaleString(locale, { maximumFractionDigits: 6 });
}

// Intl would write "Sept" in British and put the day last in American English.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 14 Oct 2026; `short` leaves the year out. Days are UTC. */
export function formatDay(day: string, short = false): string {
  const [year, month, date] = dayParts(day);
  return year ? `${Number(date)} ${month}${short ? "" : ` ${year}`}` : day;
}

/** 14 Oct 2026, 05:00 of "2026-10-14T05:00Z"; `short` leaves the year out. Hours are UTC. */
export function formatHour(hour: string, short = false): string {
  return `${formatDay(hour, short)}${short ? " " : ", "}${hour.slice(11, 16)}`;
}

/** Oct 2026. */
export function formatMonth(day: string): string {
  const [year, month] = dayParts(day);
  return year ? `${month} ${year}` : day;
}

function dayParts(day: string): [year?: string, month?: string, date?: string] {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(day);
  const month = months[Number(match?.[2]) - 1];
  return match && month ? [match[1], month, match[3] ?? "1"] : [];
}

/** "today", "yesterday" or a date, for lists ordered by time. */
export function formatRecent(time: string, now: number): string {
  const days = Math.floor(now / 86_400_000) - Math.floor(new Date(time).getTime() / 86_400_000);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  return days < 7 ? "This week" : formatMonth(time);
}

function money(
  currency: string,
  minimumFractionDigits: number,
  maximumFractionDigits: number,
): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: safeCurrency(currency),
    minimumFractionDigits,
    maximumFractionDigits,
  });
}

// Intl throws on anything but three letters; a wrong code must not take the page down.
function safeCurrency(currency: string): string {
  return /^[A-Za-z]{3}$/.test(currency) ? currency : "USD";
}
