/** A number in visible text: [start, end) with its sign, currency and unit, and what it claims. */
export interface NumberClaim {
  start: number;
  end: number;
  text: string;
  /** Possible readings ("1.234" is 1.234 or 1,234), as plain decimal text; none when it can't be read. */
  values: string[];
  /** How far a stated value may be from the exact one by rounding, per reading. */
  tolerances: string[];
  /** ISO 4217 code, "percent", or null: a bare count or a number of anything else. */
  unit: string | null;
}

const digits = String.raw`\p{Nd}+(?:[.,'’\u00a0\u202f\u2009]\p{Nd}+)*`;
const spaced = String.raw`\p{Nd}{1,3}(?: \p{Nd}{3})+(?![\p{Nd}])(?:[.,]\p{Nd}+)?`;
const currencyBefore = String.raw`(?:US\$|A\$|C\$|[$€£¥₹]|\b(?:USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|SEK|NOK|DKK|PLN|BRL)(?![A-Za-z]))\s?`;
const magnitude = String.raw`\s?(?:thousand|million|billion|trillion|hundred|tsd|mio|mn|bn|[kKMB])(?![\p{L}])`;
const unitAfter = String.raw`\s?(?:%|percentage points?|per ?cent|pct(?![\p{L}])|pp(?![\p{L}])|[$€£¥₹¢]|(?:USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|SEK|NOK|DKK|PLN|BRL|dollars?|bucks|euros?|pounds?|cents?)(?![\p{L}]))`;
const written = new RegExp(
  String.raw`(?:(?:[+\-−–≈]|(?<!~)~(?!~))\s?)?(?:${currencyBefore})?(?:[+\-−]\s?)?(?:${spaced}|${digits}|[.,]\p{Nd}+|[\p{No}\p{Nl}]+)(?:[eE][+\-]?\p{Nd}+(?![\p{L}\p{Nd}]))?(?:[\p{No}\p{Nl}]+)?(?:${magnitude})?(?:-?${unitAfter})?`,
  "giu",
);
const currencies: Record<string, string> = {
  US$: "USD",
  A$: "AUD",
  C$: "CAD",
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  dollar: "USD",
  dollars: "USD",
  bucks: "USD",
  euro: "EUR",
  euros: "EUR",
  pound: "GBP",
  pounds: "GBP",
  cent: "cents",
  cents: "cents",
  "¢": "cents",
};
const powers: Record<string, number> = {
  hundred: 2,
  k: 3,
  thousand: 3,
  tsd: 3,
  m: 6,
  mn: 6,
  mio: 6,
  million: 6,
  b: 9,
  bn: 9,
  billion: 9,
  trillion: 12,
};

/** Every run of digits (in any script) with what belongs to it. */
export function findWrittenNumbers(text: string): NumberClaim[] {
  return [...text.matchAll(written)].map((match) => {
    const trimmed = match[0].trimEnd();
    return { start: match.index, end: match.index + trimmed.length, text: trimmed, ...readClaim(trimmed) };
  });
}

function readClaim(text: string): Pick<NumberClaim, "values" | "tolerances" | "unit"> {
  const unit = readUnit(text);
  if (/[\p{No}\p{Nl}]|[eE][+-]?\d/u.test(text)) return { values: [], tolerances: [], unit };
  const ascii = text.replace(/[^\P{Nd}0-9]/gu, "?");
  const core = /[\d.,'’\u00a0\u202f\u2009 ]*\d/.exec(ascii)?.[0].trim();
  if (!core || ascii.includes("?")) return { values: [], tolerances: [], unit };
  const power =
    powers[new RegExp(`${magnitude}`, "iu").exec(ascii.replace(core, ""))?.[0].trim().toLowerCase() ?? ""] ??
    0;
  const negative = /^[^\d]*[-−]\s?[^\d]*\d/.test(ascii);
  const readings = readDigits(core).filter(({ value }) => value.length <= 30);
  return {
    values: readings.map(({ value }) => `${negative ? "-" : ""}${shift(value, power)}`),
    tolerances: readings.map(({ decimals }) => shift("0.5", power - decimals)),
    unit,
  };
}

/** The one or two ways to read separators; English first. */
function readDigits(core: string): { value: string; decimals: number }[] {
  const plain = core.replace(/['’\u00a0\u202f\u2009 ]/g, "");
  const english = /^(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$|^(\.\d+)$/.exec(plain);
  const european = /^(?:\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?$|^(,\d+)$/.exec(plain);
  const readings: { value: string; decimals: number }[] = [];
  if (english) readings.push(reading(plain.replaceAll(",", "")));
  if (european && !(english && plain.search(/[.,]/) < 0)) {
    readings.push(reading(plain.replaceAll(".", "").replace(",", ".")));
  }
  return readings;
}

function reading(value: string): { value: string; decimals: number } {
  return { value: value.startsWith(".") ? `0${value}` : value, decimals: value.split(".")[1]?.length ?? 0 };
}

/** Moves the decimal point: exact, no floating point. */
function shift(value: string, power: number): string {
  const [whole = "0", fraction = ""] = value.split(".");
  if (power === 0) return value;
  if (power > 0) {
    const padded = fraction.padEnd(power, "0");
    const rest = padded.slice(power);
    return `${whole}${padded.slice(0, power)}${rest ? `.${rest}` : ""}`;
  }
  const padded = whole.padStart(1 - power, "0");
  return `${padded.slice(0, power)}.${padded.slice(power)}${fraction}`;
}

function readUnit(text: string): string | null {
  if (/%|per ?cent|pct|\bpp\b|percentage/i.test(text)) return "percent";
  const word = /US\$|A\$|C\$|[$€£¥₹¢]|[A-Za-z]{3,7}/g;
  for (const [candidate] of text.matchAll(word)) {
    const currency = currencies[candidate] ?? currencies[candidate.toLowerCase()];
    if (currency) return currency;
    if (/^(USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|SEK|NOK|DKK|PLN|BRL)$/i.test(candidate))
      return candidate.toUpperCase();
  }
  return null;
}
