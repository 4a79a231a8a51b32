import type { Days, TurnFacts } from "./turn-facts.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthWord =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const dayNumber = String.raw`(?<![\d.,])\d{1,2}(?:st|nd|rd|th)?`;
const dash = String.raw`\s?(?:-|–|—|to|and|until|through)\s?`;
const year = String.raw`(?:19|20)\d{2}(?![\d.,]*\d)`;
const patterns = {
  iso: /(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])/g,
  dayMonth: new RegExp(
    String.raw`(?:(${dayNumber})${dash})?(${dayNumber})\s(?:of\s)?(${monthWord})(?![a-z])(?:,?\s(${year}))?`,
    "gi",
  ),
  monthDay: new RegExp(
    String.raw`(?<![a-z])(${monthWord})\s(${dayNumber})(?:${dash}(${dayNumber}))?(?![\d.,]*\d|\s?%)(?:,?\s(${year}))?`,
    "gi",
  ),
  monthYear: new RegExp(String.raw`(?<![a-z])(${monthWord})\s(${year})`, "gi"),
  quarter: new RegExp(String.raw`(?<![\w])(q[1-4]|h[12])(?:\s|\s?[/'’-])?(${year})?(?!\w)`, "gi"),
  fiscalYear: new RegExp(
    String.raw`(?<![\w])(?:fy\s?|(?:in|of|since|until|during|year|for|from|through|and|vs)\s)(${year})(?!\s?[\p{L}%$€£])(?=[\s.,;:)!?]|$)`,
    "giu",
  ),
  namedYear: new RegExp(String.raw`(?<![\p{L}\p{N}])year\s(${year})`, "giu"),
  clock: /(?<![\d:])(\d{2}:\d{2})(?::\d{2})?(?![\d:])/g,
  duration: /(?<![\d.,$€£-])(\d{1,4})[\s-](days?|weeks?|months?|quarters?|years?)(?![\p{L}])/giu,
};

/** Spans of dates and periods that the turn's calls, the clock or the person named; other dates stay unexempt. */
export function findExemptDates(
  text: string,
  facts: TurnFacts,
  { today, saidPeriods = [] }: { today: string; saidPeriods?: readonly Days[] },
): [number, number][] {
  const known: Days[] = [...facts.periods, ...saidPeriods, { start: today, end: today }];
  for (const day of facts.days) known.push({ start: day, end: day });
  const spans: [number, number][] = [];
  const accept = (match: RegExpExecArray, isKnown: boolean) => {
    if (isKnown) spans.push([match.index, match.index + match[0].length]);
  };
  for (const match of text.matchAll(patterns.iso))
    accept(match, knowsDate(known, match[1], match[2], match[3]));
  for (const match of text.matchAll(patterns.dayMonth)) {
    const [, from, to, month, inYear] = match;
    accept(
      match,
      [from, to].every((day) => day === undefined || knowsDate(known, inYear, monthNumber(month!), day)),
    );
  }
  for (const match of text.matchAll(patterns.monthDay)) {
    const [, month, from, to, inYear] = match;
    accept(
      match,
      [from, to].every((day) => day === undefined || knowsDate(known, inYear, monthNumber(month!), day)),
    );
  }
  for (const match of text.matchAll(patterns.monthYear)) {
    accept(match, knowsDate(known, match[2], monthNumber(match[1]!)));
  }
  for (const match of text.matchAll(patterns.quarter)) {
    accept(
      match,
      monthsOfPart(match[1]!).some((month) => knowsDate(known, match[2], month)),
    );
  }
  for (const match of text.matchAll(patterns.fiscalYear)) accept(match, knowsDate(known, match[1]));
  for (const match of text.matchAll(patterns.namedYear)) accept(match, knowsDate(known, match[1]));
  for (const match of text.matchAll(patterns.clock)) accept(match, facts.times.has(match[1]!));
  for (const match of text.matchAll(patterns.duration)) {
    accept(
      match,
      [...facts.periods, ...saidPeriods].some((period) => lasts(period, Number(match[1]), match[2]!)),
    );
  }
  return spans;
}

/** A date, month or year is known when it is one of the days, or lies in one of the periods (or touches it). */
function knowsDate(known: readonly Days[], inYear?: string, month?: string, dayText?: string): boolean {
  const day = dayText?.replace(/\D/g, "").padStart(2, "0");
  if (day && (Number(day) < 1 || Number(day) > 31)) return false;
  return known.some(({ start, end }) => {
    const last = end > start ? lastDay(end) : start;
    if (inYear) {
      const from = `${inYear}${month ? `-${month}` : ""}${day ? `-${day}` : ""}`;
      // Compared as prefixes: "2025-09" touches a period that begins or ends in that month.
      return from >= start.slice(0, from.length) && from <= last.slice(0, from.length);
    }
    const part = `${month}${day ? `-${day}` : ""}`;
    const size = part.length;
    if (start.slice(0, 4) === last.slice(0, 4))
      return part >= start.slice(5, 5 + size) && part <= last.slice(5, 5 + size);
    return part >= start.slice(5, 5 + size) || part <= last.slice(5, 5 + size);
  });
}

/** The last day of a half-open period; what is no calendar day stays as it is. */
function lastDay(end: string): string {
  return toDate(end)?.subtract({ days: 1 }).toString() ?? end;
}

function monthNumber(word: string): string {
  return String(months.indexOf(word.slice(0, 3).toLowerCase()) + 1).padStart(2, "0");
}

function toDate(day: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(day);
  } catch {
    return undefined;
  }
}

function monthsOfPart(part: string): string[] {
  const length = part.toLowerCase().startsWith("q") ? 3 : 6;
  const first = (Number(part[1]) - 1) * length + 1;
  return Array.from({ length }, (_, index) => String(first + index).padStart(2, "0"));
}

function lasts(period: Days, size: number, unit: string): boolean {
  const start = toDate(period.start);
  if (!start || !toDate(period.end)) return false;
  const days = start.until(period.end, { largestUnit: "days" }).days;
  const one = unit.toLowerCase().replace(/s$/, "");
  if (one === "day") return days === size;
  if (one === "week") return days === size * 7;
  const perUnit = one === "month" ? 1 : one === "quarter" ? 3 : 12;
  return start.add({ months: size * perUnit }).equals(period.end);
}
