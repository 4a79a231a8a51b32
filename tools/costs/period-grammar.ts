import { type Days, isFuture, toDate, type Unit } from "./calendar.ts";

/** How a period is told from another one: the stretch just before it, or the same days so much earlier. */
export type Relative = "previous" | "week_before" | "month_before" | "quarter_before" | "year_before";

/** What a phrase means. `inYear` is there when the year was not said and had to be inferred. */
export interface Reading extends Days {
  inYear?: (year: number) => Days;
  saidYear?: boolean;
  /** Meant relative to another period of the same text ("the previous month", "same month last year"). */
  relative?: Relative;
}

/** Two readings of one phrase ("03/04/2025"), or none that we can use, with the reason. */
export type Outcome = Reading | { options: Days[] } | { unsupported: string } | null;

export interface Phrase {
  pattern: RegExp;
  read(match: RegExpMatchArray, today: Temporal.PlainDate): Outcome;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
export const DAY = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?!\\d)";
export const YEAR = "(?:20\\d\\d|['’]\\d\\d)";
export const SAID_YEAR = `(?:${YEAR}|(?:last|this|previous) year)`;
export const DASH = "\\s*(?:-|–|—|to|through|thru|until|till)\\s*";
export const NUMBER =
  "(?:\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|thirty|sixty|ninety|(?:a )?couple(?: of)?)";
export const UNIT = "(?:day|week|month|quarter|year)";
export const LAST = "(?:last|past|trailing|rolling|latest|most recent)";
const NUMBER_WORDS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(" ");
const TENS: Record<string, number> = { thirty: 30, sixty: 60, ninety: 90 };

// A phrase inside a longer name ("rg-sep-2024", "q3_report") is part of the name.
export function phrase(source: string, read: Phrase["read"]): Phrase {
  return { pattern: new RegExp(`(?<![\\w/.@$€£-])(?:${source})(?![\\w@]|[-/_.]\\w)`, "gi"), read };
}

export function monthNumber(word: string): number {
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

export function dayNumber(word: string): number {
  return Number.parseInt(word, 10);
}

function yearNumber(word: string, today: Temporal.PlainDate): number {
  if (/^(last|previous)/i.test(word)) return today.year - 1;
  if (/^this/i.test(word)) return today.year;
  const digits = word.replace(/\D/g, "");
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

export function count(word: string): number {
  const lower = word.toLowerCase();
  if (/couple/.test(lower)) return 2;
  if (/^an?$/.test(lower)) return 1;
  if (TENS[lower]) return TENS[lower];
  const named = NUMBER_WORDS.indexOf(lower);
  return named >= 0 ? named : Number(lower);
}

export function toUnit(word: string): Unit {
  return word.toLowerCase().replace(/s$/, "") as Unit;
}

/** Without a year: the most recent one that has begun, up to today. With one: exactly that. */
export function dated(
  inYear: (year: number) => Days | null,
  year: string | undefined,
  today: Temporal.PlainDate,
): Outcome {
  if (year) {
    const days = inYear(yearNumber(year, today));
    return (
      days && (isFuture(days, today) ? { unsupported: "it lies in the future" } : { ...days, saidYear: true })
    );
  }
  const thisYear = inYear(today.year);
  const days = thisYear && !isFuture(thisYear, today) ? thisYear : inYear(today.year - 1);
  // 29 February does not exist each year; then only an explicit year can mean it.
  return days && { ...toDate(days, today), inYear: (other) => inYear(other) ?? days };
}

export function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return null;
  }
}

export function isoDay(text: string): Temporal.PlainDate | null {
  const [year, month, day] = text.split("-").map(Number);
  return calendarDay(year!, month!, day!);
}

export function daySpan(year: number, month: number, from: number, to: number): Days | null {
  const first = calendarDay(year, month, from);
  const last = calendarDay(year, month, to);
  return first && last && from <= to ? { start: first, end: last.add({ days: 1 }), grain: "span" } : null;
}
