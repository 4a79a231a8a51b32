import type { NumberClaim } from "./find-numbers.ts";

const small = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const scales: Record<string, number> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};
const vague =
  "dozens?|hundreds|thousands|millions|billions|twice|thrice|doubled?|doubling|triple[ds]?|tripling|quadrupled?|halved|halving|[a-z]+fold";
const number = `(?:${[...small, ...tens, ...Object.keys(scales)].join("|")})`;
const unit = "(?:per ?cent|percentage points?|dollars?|euros?|pounds?|cents?|bucks)";
const fraction =
  "(?:half|halves|(?:a|one|two|three|four) (?:third|quarter|fifth|sixth|eighth|tenth)s?|(?:a|one|two|three) (?:third|quarter)s?|third of|quarter of)";
const words = new RegExp(
  String.raw`(?<![\p{L}\p{N}\-_/])(?:(?:a )?${number}(?:(?:[\s-]|\sand\s|-and-)+${number})*(?:\s(?:and a half|point ${number}(?:\s${number})*))?(?:\s?${unit})?|${fraction}|${vague})(?![\p{L}\p{N}_/])`,
  "giu",
);
const currencies: Record<string, string> = {
  dollar: "USD",
  buck: "USD",
  euro: "EUR",
  pound: "GBP",
  cent: "cents",
};

/**
 * Numbers written as words ("twelve VMs", "half of it", "ten thousand dollars"). "one" alone is a pronoun
 * far more often than a count, so it claims something only with a unit or as part of a longer number.
 */
export function findNumberWords(text: string): NumberClaim[] {
  const claims: NumberClaim[] = [];
  for (const match of text.matchAll(words)) {
    const found = match[0].trimEnd();
    if (/^(?:a )?(?:one|zero)$/i.test(found)) {
      if (
        !/^\s(vms?|disks?|resources?|virtual machines?|subscriptions?|ips?|recommendations?)\b/i.test(
          text.slice(match.index + found.length),
        )
      ) {
        continue;
      }
    }
    const value = readWords(found);
    claims.push({
      start: match.index,
      end: match.index + found.length,
      text: found,
      values: value === undefined ? [] : [String(value)],
      tolerances: value === undefined ? [] : ["0"],
      unit: unitOf(found),
    });
  }
  return claims;
}

function readWords(text: string): number | undefined {
  if (/point|half|third|quarter|fifth|fold|double|triple|twice/i.test(text)) return undefined;
  let total = 0;
  let current = 0;
  let seen = false;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const plain = small.indexOf(word);
    const ten = tens.indexOf(word);
    const scale = scales[word];
    if (plain >= 0) current += plain;
    else if (ten >= 0) current += (ten + 2) * 10;
    else if (scale === 100) current = (current || 1) * 100;
    else if (scale) {
      total += (current || 1) * scale;
      current = 0;
    } else continue;
    seen = true;
  }
  return seen ? total + current : undefined;
}

function unitOf(text: string): string | null {
  if (/per ?cent|percentage/i.test(text)) return "percent";
  const match = /(dollar|buck|euro|pound|cent)s?$/i.exec(text);
  return match ? (currencies[match[1]!.toLowerCase()] ?? null) : null;
}
