import type { Question } from "../question.ts";

const currencies: readonly [RegExp, string][] = [
  [/\b(?:euros?|eur)\b|€/i, "EUR"],
  [/\b(?:us ?dollars?|usd|dollars?|bucks)\b|\$/i, "USD"],
  [/\b(?:pounds?|sterling|gbp|quid)\b|£/i, "GBP"],
  [/\b(?:yen|jpy)\b|¥/i, "JPY"],
  [/\b(?:swiss francs?|chf)\b/i, "CHF"],
  [/\b(?:rupees?|inr)\b|₹/i, "INR"],
];

/** A currency named in the question, to be told when the data has another. */
export function findCurrency(text: string): Question["currency"] {
  for (const [pattern, code] of currencies) {
    const found = pattern.exec(text);
    if (found) return { words: found[0], code };
  }
  return undefined;
}
