import { AppError } from "../kernel/errors.ts";
import { back, type Days, firstDay, precedingDays, type Unit } from "./calendar.ts";
import { calendarPhrases } from "./calendar-phrases.ts";
import type { Period } from "./cost-shapes.ts";
import { holidayPhrases } from "./holiday-phrases.ts";
import { partPhrases } from "./part-phrases.ts";
import type { Outcome, Reading } from "./period-grammar.ts";
import type { PeriodInput } from "./period-input.ts";
import { relativePhrases } from "./relative-phrases.ts";
import { anchoredPhrases, unsupportedPhrases } from "./special-phrases.ts";
import { toDatePhrases } from "./to-date-phrases.ts";

/** A period that a text names. `range` is where its words stand, [from, to) in characters. */
export interface FoundPeriod {
  period: Period;
  words: string;
  range: [number, number];
}

export interface FoundPeriods {
  /** In the order of the text; a comparison has two. Half-open, UTC. */
  periods: FoundPeriod[];
  /** Words that can mean several days ("03/04/2025"): ask back. */
  ambiguous?: { words: string; range: [number, number]; options: Period[] }[];
  /** Periods that cannot be answered, with the reason as the end of a sentence. */
  unsupported?: { words: string; range: [number, number]; reason: string }[];
}

interface Spot {
  from: number;
  to: number;
  outcome: NonNullable<Outcome>;
}
interface Atom extends Reading {
  from: number;
  to: number;
}

const allPhrases = [
  ...unsupportedPhrases,
  ...partPhrases,
  ...calendarPhrases,
  ...relativePhrases,
  ...anchoredPhrases,
  ...toDatePhrases,
  ...holidayPhrases,
];

/** Every period that a question names, by the calendar in UTC; `today` is the business clock's day. */
export function findPeriods(text: string, today: Temporal.PlainDate): FoundPeriods {
  const spots = longestSpots(text, today);
  for (const spot of spots)
    if (isExcepted(text, spot))
      spot.outcome = { unsupported: "leaving days out of a period is not possible" };
  const atoms = spots.flatMap((spot): Atom[] =>
    "start" in spot.outcome ? [{ ...spot.outcome, from: spot.from, to: spot.to }] : [],
  );
  const joined = joinRanges(text, lendYears(atoms), today);
  const periods = resolveRelative(text, joined).map((atom) => ({
    period: toPeriod(atom),
    words: text.slice(atom.from, atom.to),
    range: [atom.from, atom.to] as [number, number],
  }));
  const ambiguous = spots.flatMap(({ from, to, outcome }) =>
    "options" in outcome
      ? [
          {
            words: text.slice(from, to),
            range: [from, to] as [number, number],
            options: outcome.options.map(toPeriod),
          },
        ]
      : [],
  );
  const unsupported = spots.flatMap(({ from, to, outcome }) =>
    "unsupported" in outcome
      ? [{ words: text.slice(from, to), range: [from, to] as [number, number], reason: outcome.unsupported }]
      : [],
  );
  return {
    periods,
    ...(ambiguous.length > 0 && { ambiguous }),
    ...(unsupported.length > 0 && { unsupported }),
  };
}

function toPeriod(days: Pick<Days, "start" | "end">): Period {
  return { start: days.start.toString(), end: days.end.toString() };
}

/** What each stretch of text means; of overlapping readings the longest wins. */
function longestSpots(text: string, today: Temporal.PlainDate): Spot[] {
  const candidates = allPhrases.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match): Spot[] => {
      const outcome = notFuture(read(match, today), today);
      return outcome ? [{ from: match.index, to: match.index + match[0].length, outcome }] : [];
    }),
  );
  candidates.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const kept: Spot[] = [];
  for (const candidate of candidates) {
    if (kept.every((spot) => candidate.to <= spot.from || candidate.from >= spot.to)) kept.push(candidate);
  }
  return kept.sort((a, b) => a.from - b.from);
}

function isExcepted(text: string, spot: Spot): boolean {
  return /\b(?:except|excluding|without|other than|apart from)(?:\s+(?:in|for|from))?\s+$/i.test(
    text.slice(0, spot.from),
  );
}

function notFuture(outcome: Outcome, today: Temporal.PlainDate): Outcome {
  const begins = outcome && "start" in outcome ? outcome.start : today;
  return Temporal.PlainDate.compare(begins, today) > 0 ? { unsupported: "it lies in the future" } : outcome;
}

/** "September vs October 2024": a period without a year takes the year that brings it nearest to the one with. */
function lendYears(atoms: Atom[]): Atom[] {
  return atoms.map((atom, index) => {
    if (!atom.inYear) return atom;
    const lender = atoms.findLast(
      (other, at) => at !== index && isCalendar(other) && Math.abs(at - index) === 1,
    );
    if (!lender) return atom;
    const candidates = [0, -1, 1].map((shift) => atom.inYear!(lender.start.year + shift));
    const distance = (days: Days) => Math.abs(days.start.until(lender.start, { largestUnit: "day" }).days);
    const nearest = candidates
      .filter((days) => distance(days) > 0)
      .sort((a, b) => distance(a) - distance(b))[0];
    return nearest ? { ...nearest, from: atom.from, to: atom.to } : atom;
  });
}

function isCalendar(atom: Atom): boolean {
  return !atom.inYear && !atom.relative && atom.saidYear === true;
}

const COMPARES =
  /\b(?:vs\.?|versus|compar\w*|differ\w*|chang\w*|grow\w*|grew|ris(?:e|en|ing)|rose|increas\w*|decreas\w*|drop\w*|fell|fall\w*|jump\w*|shr[aiu]nk\w*|declin\w*|climb\w*|doubl\w*|tripl\w*|halv\w*|surg\w*|soar\w*|movers?|went|go(?:ne)?|why|explain\w*|delta|higher|lower|more|less)\b/i;
const TO = /^\s*,?\s*(?:-|–|—|to|through|thru|until|till|up to)\s*(?:the\s+)?(?:end of\s+)?$/i;
const AND = /^\s*(?:and|&)\s*(?:the\s+)?$/i;
const BETWEEN = /\bbetween\s+(?:the\s+)?$/i;
const SINCE =
  /\b(?:since|starting(?: from| in| on| with)?|beginning(?: in| on)?|from)\s+(?:the\s+)?(?:(?:start|beginning|first(?: day)?|1st) of\s+)?$/i;
const ONWARDS =
  /^\s*(?:on(?:wards?)?\b|(?:to|until|till|through|up to)\s+(?:now|date|the present|present)\b)/i;

/** Joins "A to B" and "between A and B" into one stretch, and opens "since A" up to today. */
function joinRanges(text: string, atoms: Atom[], today: Temporal.PlainDate): Atom[] {
  const joined: Atom[] = [];
  for (let index = 0; index < atoms.length; index++) {
    const atom = atoms[index]!;
    const next = atoms[index + 1];
    const before = text.slice(joined.at(-1)?.to ?? 0, atom.from);
    if (next && isRange(text, before, atom, next)) {
      const stretch = stretchOf(atom, next);
      if (stretch) {
        const prefix = /\b(?:from|between)\s+(?:the\s+)?$/i.exec(before)?.[0].length ?? 0;
        joined.push({ ...stretch, grain: "span", from: atom.from - prefix, to: next.to });
        index++;
        continue;
      }
    }
    joined.push(openEnded(text, before, atom, today));
  }
  return joined;
}

function isRange(text: string, before: string, atom: Atom, next: Atom): boolean {
  const between = text.slice(atom.to, next.from);
  const byWords = TO.test(between) || (AND.test(between) && BETWEEN.test(before));
  if (!byWords || atom.relative || next.relative) return false;
  // "how did cost change from August to September" compares two months; two days always bound a range.
  const comparable = atom.grain === next.grain && atom.grain !== "day" && !/[-–—]/.test(between);
  // "compare H1 to Q3" sets two stretches against each other, whatever their lengths; "from A to B" is one.
  const isAgainst =
    /\bcompar\w*\b/i.test(text) &&
    atom.grain !== "day" &&
    next.grain !== "day" &&
    !/\b(?:from|between)\s+(?:the\s+)?$/i.test(before);
  return !(comparable && COMPARES.test(text)) && !(isAgainst && /\bto\b/i.test(between));
}

function stretchOf(from: Atom, to: Atom): Pick<Days, "start" | "end"> | null {
  let start: Days = from;
  const end: Days = to;
  // "from November to February" begins before it ends.
  if (from.inYear && Temporal.PlainDate.compare(start.start, end.end) >= 0)
    start = from.inYear(end.start.year);
  if (from.inYear && Temporal.PlainDate.compare(start.start, end.end) >= 0)
    start = from.inYear(end.start.year - 1);
  return Temporal.PlainDate.compare(start.start, end.end) < 0 ? { start: start.start, end: end.end } : null;
}

function openEnded(text: string, before: string, atom: Atom, today: Temporal.PlainDate): Atom {
  const tomorrow = today.add({ days: 1 });
  const since = SINCE.exec(before);
  const onwards = ONWARDS.exec(text.slice(atom.to));
  const saysFrom = since && /^from/i.test(since[0]);
  if ((since && !saysFrom) || onwards) {
    return {
      start: atom.start,
      end: tomorrow,
      grain: "span",
      from: atom.from - (since?.[0].length ?? 0),
      to: atom.to + (onwards?.[0].length ?? 0),
    };
  }
  const until =
    /\b(?:until|till|up to(?:\s+and\s+including)?|through|before)\s+(?:the\s+)?(?:end of\s+)?$/i.exec(before);
  if (until) {
    const end = /^before/i.test(until[0]) ? atom.start : atom.end;
    return { start: firstDay, end, grain: "span", from: atom.from - until[0].length, to: atom.to };
  }
  const after = /\bafter\s+(?:the\s+)?$/i.exec(before);
  if (after && Temporal.PlainDate.compare(atom.end, tomorrow) < 0) {
    return { start: atom.end, end: tomorrow, grain: "span", from: atom.from - after[0].length, to: atom.to };
  }
  return atom;
}

/** "the previous month" beside "September" is August; alone it is told from today, or is nothing. */
function resolveRelative(text: string, atoms: Atom[]): Atom[] {
  return atoms.flatMap((atom, index) => {
    // In "the month before October", October only tells which month is meant.
    const before = atoms[index - 1];
    if (
      before?.relative &&
      /\b(?:before|prior(?: to)?)$/i.test(text.slice(before.from, before.to)) &&
      before.to === atom.from - 1
    )
      return [];
    if (!atom.relative) return [atom];
    const anchor = before ?? atoms[index + 1];
    if (!anchor || anchor.relative) return atom.grain === "day" ? [] : [atom];
    const days =
      atom.relative === "previous" ? precedingDays(anchor) : earlier(anchor, unitOf[atom.relative]);
    const to = anchor.from === atom.to + 1 ? anchor.to : atom.to;
    return [{ ...days, grain: anchor.grain, from: atom.from, to }];
  });
}

const unitOf = {
  week_before: "week",
  month_before: "month",
  quarter_before: "quarter",
  year_before: "year",
} as const;

/** The same days so much earlier; a whole month or quarter stays a whole one. */
function earlier({ start, end }: Pick<Days, "start" | "end">, unit: Unit): Pick<Days, "start" | "end"> {
  return { start: back(start, unit, 1), end: back(end, unit, 1) };
}

// Words around a period that change nothing.
const FILLER =
  /\b(?:in|on|for|during|over|within|of|the|by|at|from|between|and|to|period|months?|time|cost|costs|spend|spending|utc|whole|full|entire|only|just)\b|[\s.,;:!?()"'-]+/gi;

/**
 * Exact days, half-open UTC, of a tool's period input. Throws invalid_input when the words name no period, two,
 * one that can be read two ways, or more than a period: a word left out in silence would give a wrong number.
 */
export function resolvePeriod(input: PeriodInput, now: Temporal.Instant): Period {
  if (input.start && input.end) {
    if (input.start >= input.end) {
      throw new AppError("invalid_input", `The period ${input.start} to ${input.end} has no days.`, {
        hint: "start is the first day, end the day after the last.",
      });
    }
    return { start: input.start, end: input.end };
  }
  const words = input.words ?? "";
  const found = findPeriods(words, now.toZonedDateTimeISO("UTC").toPlainDate());
  const refuse = (problem: string, hint = EXAMPLES) => new AppError("invalid_input", problem, { hint });
  const unsupported = found.unsupported?.[0];
  if (unsupported) throw refuse(`"${unsupported.words}" cannot be answered: ${unsupported.reason}.`);
  const ambiguous = found.ambiguous?.[0];
  if (ambiguous) {
    const days = ambiguous.options.map((option) => option.start).join(" or ");
    throw refuse(`"${ambiguous.words}" can mean ${days}.`, "Write the day as YYYY-MM-DD.");
  }
  if (found.periods.length === 0) throw refuse(`"${words}" names no period that we know.`);
  if (found.periods.length > 1) {
    throw refuse(
      `"${words}" names ${found.periods.length} periods; one is needed here.`,
      "Use compare_costs for two periods.",
    );
  }
  const { period, range } = found.periods[0]!;
  const rest = (words.slice(0, range[0]) + words.slice(range[1])).replaceAll(FILLER, "");
  if (rest !== "") throw refuse(`"${words}" says more than a period: "${rest}" was not understood.`);
  return period;
}

const EXAMPLES =
  'Say for example "last month", "Q3 2025", "past 90 days", "since March", "Sep 1-15", or give start and end.';
