import type { NumberClaim } from "./find-numbers.ts";

const currency = [
  "dollars?|dollari|dollaro|d[oó]lar(?:es)?|bucks?|euros?|cents?|c[eé]ntimos?|pounds?|libras|pfund|rupees?|yen|yuan",
  "francs?|franken|kron(?:er|or|en)|reais|доллар\\p{L}*|евро|рубл\\p{L}*",
].join("|");
const percent = "per\\s?cents?|prozent|pour\\s?cent|por\\s?cien(?:to)?|per\\s?cento|procent|процент\\p{L}*";
const codes = "USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|SEK|NOK|DKK|PLN|BRL";
const scriptless = "美元|美金|欧元|歐元|英镑|人民币|百分之|百分比|ドル|ユーロ|パーセント|달러|유로|퍼센트";
const unitWord = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:(?:US|American|Canadian|Australian)[\s-])?(?:(?:${currency}|${percent})|(?-i:${codes}))(?![\p{L}\p{N}_])|\p{L}*(?:${scriptless})\p{L}*|[$€£¥₹¢%]`,
  "giu",
);
const scriptlessWord = new RegExp(
  String.raw`^(?:\p{L}+(?:${scriptless})\p{L}*|(?:${scriptless})\p{L}+)$`,
  "u",
);
// "in dollars", "per euro", "the dollar": the unit itself is spoken of, no amount of it.
const speaksOfUnit =
  /(?:^|[\s(*])(?:in|into|to|as|per|the|of|and|or|is|are|for|with|from|by|every|each|any|no|your|our|non|than|between)[\s*]+$|^[\s*|>-]*$|[(/:|][\s*]*$/i;

/**
 * A unit of money or "percent" with no figure beside it: a number in words or a language that nothing else reads
 * ("fünfhundert Dollar"). `covered`: what is already proven, marked or exempt. Gives the unit with the word before it.
 */
export function findUnitWords(
  text: string,
  covered: readonly { start: number; end: number }[],
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const match of text.matchAll(unitWord)) {
    let start = match.index;
    let end = start + match[0].length;
    if (covered.some((span) => isBeside(text, span, start, end))) continue;
    const last = found.at(-1);
    if (last && /^\s*$/.test(text.slice(last.end, start))) {
      last.end = end;
      continue;
    }
    const before = text.slice(0, start);
    const isSign = /^[$€£¥₹]$/.test(match[0]);
    const leads = isSign && /^\s?\p{L}/u.test(text.slice(end)) && !/\b(?:in|per|as|into)\s$/i.test(before);
    // A script without spaces writes the number and its unit as one word.
    const isWhole = scriptlessWord.test(match[0]);
    if (!isWhole && !leads && speaksOfUnit.test(before)) continue;
    if (leads) end += /^\s?[\p{L}-]+/u.exec(text.slice(end))?.[0].length ?? 0;
    else if (!isWhole) start -= /[\p{L}'’-]+[\s-]$/u.exec(before)?.[0].length ?? 0;
    const isFree = covered.every((span) => span.end <= start || end <= span.start);
    found.push(isFree ? { start, end } : { start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Words of number that say none, or so and so many, in a model's sentence. */
export function findVagueWords(text: string): NumberClaim[] {
  const vague =
    /(?<![\p{L}\p{N}_-])(?:(?:an?|one|two|three|four|five|ten|few|several|couple(?: of)?) grand(?! total)|(?:an? )?(?:couple|handful|few|several)(?: of)?(?: hundred| thousand| million| billion)?s?(?: of)? (?:dollars|bucks|euros|pounds|cents|percent)|an? (?:couple|handful)(?: of)?|zero(?![\s-](?:trust|downtime|based|day|touch))|none)(?![\p{L}\p{N}_])/giu;
  return [...text.matchAll(vague)].flatMap((match) => {
    const [found] = match;
    if (/^none$/i.test(found) && text[match.index - 1] === "(") return [];
    const isNothing = /^(?:zero|none)$/i.test(found);
    return [
      {
        start: match.index,
        end: match.index + found.length,
        text: found,
        values: isNothing ? ["0"] : [],
        tolerances: isNothing ? ["0"] : [],
        unit: null,
      },
    ];
  });
}

function isBeside(text: string, span: { start: number; end: number }, start: number, end: number): boolean {
  if (span.start < end && start < span.end) return true;
  if (span.end <= start) return /^[\s*_()~+≈−–-]{0,4}(?:of )?$/i.test(text.slice(span.end, start));
  // Only a sign or a code stands before its number.
  return (
    /^(?:[$€£¥₹]|[A-Z]{3})$/.test(text.slice(start, end)) && /^[\s*_]{0,3}$/.test(text.slice(end, span.start))
  );
}
