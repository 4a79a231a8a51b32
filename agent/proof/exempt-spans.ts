import { findExemptDates } from "./exempt-dates.ts";
import { findNumberWords } from "./find-number-words.ts";
import { halfScales } from "./half-scales.ts";
import { noteName, type TurnFacts } from "./turn-facts.ts";

/** What surrounds a turn: the person's words and the clock. */
export interface TurnSurroundings {
  /** The person's messages of this conversation, the current one last. */
  personSaid: readonly string[];
  /** The business clock's day, YYYY-MM-DD. */
  today: string;
  /** Days that the person's words mean ("last month"): naming them is no claim. */
  saidPeriods?: readonly { start: string; end: string }[];
  /** Names the organization uses (services, tags, regions), beside those in the turn's outputs. */
  vocabulary?: readonly string[];
  /** The sentences are written by our own code: its words ("none of them") are worked out, only digits can be claims. */
  hasOwnWording?: boolean;
}

// Names of the field that carry digits; shown as they are wherever they stand alone.
const commonNames = [
  "ec2",
  "s3",
  "route 53",
  "k8s",
  "microsoft 365",
  "office 365",
  "m365",
  "o365",
  "azure sql database v2",
  "p50",
  "p90",
  "p95",
  "p99",
  "p100",
  "ipv4",
  "ipv6",
  "http/2",
  "a100",
  "h100",
  "oauth2",
  "sha-256",
  "focus 1.0",
  "24/7",
  "utf-8",
];
const attribution = /\b(?:you|your|asked|said|mentioned|requested|threshold|limit|budget)\b|["“”'‘’]/i;

/** Spans of the visible text whose numbers are no claims: names, dates, list markers, the person's own words. */
export function findExemptSpans(
  text: string,
  facts: TurnFacts,
  surroundings: TurnSurroundings,
  listPosition: number,
): [number, number][] {
  const lower = text.toLowerCase();
  const spans: [number, number][] = [
    ...findExemptDates(text, facts, surroundings),
    ...findNames(lower, facts, surroundings),
    ...findOwnWords(text, surroundings.personSaid),
    ...findInputs(text, facts),
    ...(surroundings.hasOwnWording ? findThresholds(text, surroundings.personSaid) : []),
  ];
  const marker = /^\s*(\d{1,3})[.)]\s/.exec(text);
  if (marker && Number(marker[1]) === listPosition) spans.push([0, marker[0].length]);
  return spans;
}

function findNames(lower: string, facts: TurnFacts, surroundings: TurnSurroundings): [number, number][] {
  if (!/\p{N}/u.test(lower)) return [];
  const names = new Set([...facts.names, ...commonNames]);
  for (const name of surroundings.vocabulary ?? []) noteName(name, names);
  const spans: [number, number][] = [];
  for (const name of names) {
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      if (standsAlone(lower, at, at + name.length)) spans.push([at, at + name.length]);
    }
  }
  return spans;
}

/** Not a piece of a longer word or number: "vm-04" is not in "vm-042", "S3" not in "S3.14". */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  if (/[\p{L}\p{N}_$€£]$/u.test(before) || /\p{N}[.,-]$/u.test(before)) return false;
  return !/^[\p{L}\p{N}_%]/u.test(after) && !/^[.,-]\p{N}/u.test(after);
}

/**
 * A number that the person said is theirs only with the word beside it ("30 days", "top 5"), and an amount of
 * money or a percentage only where the sentence says whose it is; else repeating it could pass for a finding.
 */
function findOwnWords(text: string, personSaid: readonly string[]): [number, number][] {
  const said = personSaid.join("\n").toLowerCase();
  const spans: [number, number][] = [];
  for (const match of text.matchAll(/["“]([^"“”\n]{1,300})["”]/g)) {
    if (said.includes(match[1]!.toLowerCase())) spans.push([match.index, match.index + match[0].length]);
  }
  for (const match of text.matchAll(/[$€£]?\d[\d.,]*\d?\s?%?(?:[kKmM]\b)?/g)) {
    const token = match[0].replace(/[.,\s]+$/, "");
    const end = match.index + token.length;
    const isAmount =
      /[$€£%]/.test(token) || /^\s?(?:percent|dollars?|euros?|usd|eur|gbp)\b/i.test(text.slice(end));
    if (isAmount) {
      if (attribution.test(text) && saidAlone(said, token.toLowerCase())) spans.push([match.index, end]);
      continue;
    }
    const after = /^[\s-]\p{L}+/u.exec(text.slice(end))?.[0] ?? "";
    const before =
      /(?:top|first|last|past|next|over|under|than|number|limit)\s$/i.exec(text.slice(0, match.index))?.[0] ??
      "";
    const phrases = [after && token + after, before && before + token].filter(Boolean);
    if (phrases.some((phrase) => saidAlone(said, phrase.toLowerCase()))) {
      spans.push([match.index - before.length, end + after.length]);
    }
  }
  return spans;
}

/** Our own "your threshold of $5,000" for the person's "5k": the same amount, however it was written. */
function findThresholds(text: string, asked: readonly string[]): [number, number][] {
  const personSaid = asked.map(halfScales);
  const scales: Record<string, number> = { k: 1e3, grand: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };
  const said = new Set(
    [
      ...personSaid
        .join("\n")
        .matchAll(/(\d[\d,]*(?:\.\d+)?)\s?(k|m|grand|thousand|million)?(?![\p{L}\d])/giu),
    ].map(
      ([, digits, scale]) => Number(digits!.replaceAll(",", "")) * (scales[scale?.toLowerCase() ?? ""] ?? 1),
    ),
  );
  const inWords: Record<string, number> = { hundred: 100, thousand: 1e3, grand: 1e3, million: 1e6 };
  for (const [, word] of personSaid
    .join("\n")
    .matchAll(/\b(?:an?|one) (hundred|thousand|grand|million|dollar|euro|buck)\b/gi))
    said.add(inWords[word!.toLowerCase()] ?? 1);
  // "a hundred thousand dollars", "five grand"
  for (const { values } of findNumberWords(personSaid.join("\n").replace(/\bgrand\b/gi, "thousand")))
    for (const value of values) said.add(Number(value));
  const spoken = /(?<=\byour threshold of )(?:[$€£¥₹]|[A-Z]{3} )?(\d[\d,]*(?:\.\d+)?)/g;
  return [...text.matchAll(spoken)].flatMap((match): [number, number][] =>
    said.has(Number(match[1]!.replaceAll(",", ""))) ? [[match.index, match.index + match[0].length]] : [],
  );
}

function saidAlone(said: string, phrase: string): boolean {
  for (let at = said.indexOf(phrase); at >= 0; at = said.indexOf(phrase, at + 1)) {
    if (standsAlone(said, at, at + phrase.length)) return true;
  }
  return false;
}

/** "top 5", "5 largest" when the call asked for 5. */
function findInputs(text: string, facts: TurnFacts): [number, number][] {
  const limits = facts.inputs.filter(({ key }) => /^(top|limit|count)$/i.test(key)).map(({ value }) => value);
  const spans: [number, number][] = [];
  const pattern =
    /\b(?:top|first|largest|biggest)\s(\d{1,3})(?![\d.,]*\d)|(?<![\d.,$€£])(\d{1,3})\s(?:largest|biggest|most expensive|dearest|highest|cheapest|top)\b/gi;
  for (const match of text.matchAll(pattern)) {
    if (limits.includes(Number(match[1] ?? match[2])))
      spans.push([match.index, match.index + match[0].length]);
  }
  return spans;
}
