import {
  back,
  type Days,
  halfOf,
  isFuture,
  monthOf,
  oneDay,
  quarterOf,
  toDate,
  type Unit,
  unitAround,
  weekOf,
  yearOf,
} from "./calendar.ts";

/** What a phrase means. `inYear` is there when the year was not said and had to be inferred. */
export interface Reading extends Days {
  inYear?: (year: number) => Days;
  saidYear?: boolean;
  /** Meant relative to another period of the same text ("the previous month", "same month last year"). */
  relative?: "previous" | "year_before";
}

/** Two readings of one phrase ("03/04/2025"), or none that we can use, with the reason. */
export type Outcome = Reading | { options: Days[] } | { unsupported: string } | null;

export interface Phrase {
  pattern: RegExp;
  read(match: RegExpMatchArray, today: Temporal.PlainDate): Outcome;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?!\\d)";
const YEAR = "(?:20\\d\\d|['’]\\d\\d)";
const SAID_YEAR = `(?:${YEAR}|(?:last|this|previous) year)`;
const DASH = "\\s*(?:-|–|—|to|through|thru|until|till)\\s*";
const NUMBER =
  "(?:\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|(?:a )?couple(?: of)?)";
const UNIT = "(?:day|week|month|quarter|year)";
const LAST = "(?:last|past|previous|prior|preceding|trailing|latest|most recent)";
const NUMBER_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

// A phrase inside a longer name ("rg-sep-2024", "q3_report") is part of the name.
function phrase(source: string, read: Phrase["read"]): Phrase {
  return { pattern: new RegExp(`(?<![\\w/.@$€£-])(?:${source})(?![\\w@]|[-/_.]\\w)`, "gi"), read };
}

export function monthNumber(word: string): number {
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

function dayNumber(word: string): number {
  return Number.parseInt(word, 10);
}

function yearNumber(word: string, today: Temporal.PlainDate): number {
  if (/^(last|previous)/i.test(word)) return today.year - 1;
  if (/^this/i.test(word)) return today.year;
  const digits = word.replace(/\D/g, "");
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function count(word: string): number {
  const lower = word.toLowerCase();
  if (/couple/.test(lower)) return 2;
  if (/^an?$/.test(lower)) return 1;
  if (lower === "twelve") return 12;
  const named = NUMBER_WORDS.indexOf(lower);
  return named >= 0 ? named : Number(lower);
}

function toUnit(word: string): Unit {
  return word.toLowerCase().replace(/s$/, "") as Unit;
}

/** Without a year: the most recent one that has begun, up to today. With one: exactly that. */
function dated(
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

function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return null;
  }
}

function daySpan(year: number, month: number, from: number, to: number): Days | null {
  const first = calendarDay(year, month, from);
  const last = calendarDay(year, month, to);
  return first && last && from <= to ? { start: first, end: last.add({ days: 1 }), grain: "span" } : null;
}

const single = (month: string, day: string) => (year: number) => {
  const date = calendarDay(year, monthNumber(month), dayNumber(day));
  return date && oneDay(date);
};

/** Days that the calendar names: "15 Sep 2024", "Sep 1-15", "2024-09", "Q3 2025", "H1", "2025". */
export const calendarPhrases: Phrase[] = [
  phrase("(20\\d\\d)[-/](\\d\\d?)[-/](\\d\\d?)(?:T[\\d:.]+Z?)?", (m) => {
    const date = calendarDay(Number(m[1]), Number(m[2]), Number(m[3]));
    return date && oneDay(date);
  }),
  phrase("(\\d{1,2})[/.](\\d{1,2})[/.](20\\d\\d)", (m) => {
    const [a, b, year] = [Number(m[1]), Number(m[2]), Number(m[3])];
    const dates = [calendarDay(year, b, a), calendarDay(year, a, b)].filter((date) => date !== null);
    if (dates.length === 2 && a !== b) return { options: dates.map(oneDay) };
    return dates[0] ? oneDay(dates[0]) : null;
  }),
  phrase("(20\\d\\d)-(0[1-9]|1[0-2])", (m, today) =>
    dated((year) => monthOf(year, Number(m[2])), m[1], today),
  ),
  phrase("(0?[1-9]|1[0-2])/(20\\d\\d)", (m, today) =>
    dated((year) => monthOf(year, Number(m[1])), m[2], today),
  ),
  phrase("(20\\d\\d)-?w(\\d\\d?)", (m) => isoWeek(Number(m[1]), Number(m[2]))),
  phrase(`week (\\d\\d?)(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated((year) => isoWeek(year, Number(m[1])), m[2], today),
  ),
  phrase(`(?:the )?(${DAY}) (?:of )?(${MONTH}),?(?: (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated(single(m[2]!, m[1]!), m[3], today),
  ),
  phrase(`(${MONTH}) (?:the )?(${DAY})(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated(single(m[1]!, m[2]!), m[3], today),
  ),
  phrase(`(${MONTH}) (${DAY})${DASH}(${DAY})(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated((year) => daySpan(year, monthNumber(m[1]!), dayNumber(m[2]!), dayNumber(m[3]!)), m[4], today),
  ),
  phrase(
    `(?:between )?(?:the )?(${DAY})(?:${DASH}|(?<=between .*) and )(?:the )?(${DAY}) (?:of )?(${MONTH}),?(?: (?:of )?(${SAID_YEAR}))?`,
    (m, today) =>
      dated((year) => daySpan(year, monthNumber(m[3]!), dayNumber(m[1]!), dayNumber(m[2]!)), m[4], today),
  ),
  phrase(`(?:the )?(?:month of )?(${MONTH})(?:,? |-| of )(${SAID_YEAR})`, (m, today) =>
    dated((year) => monthOf(year, monthNumber(m[1]!)), m[2], today),
  ),
  phrase(`(20\\d\\d) (${MONTH})`, (m, today) =>
    dated((year) => monthOf(year, monthNumber(m[2]!)), m[1], today),
  ),
  phrase(`(?:(last|this|this past) )?(?:the )?(?:month of )?(${MONTH})`, (m, today) => {
    if (/^may$/i.test(m[2]!) && !isMonthOfMay(m)) return null;
    const reading = dated((year) => monthOf(year, monthNumber(m[2]!)), undefined, today);
    // "last November" said in November is the one before.
    if (m[1]?.toLowerCase() === "last" && monthNumber(m[2]!) === today.month)
      return monthOf(today.year - 1, today.month);
    return reading;
  }),
  phrase(`(${MONTH})\\s*[-–—]\\s*(${MONTH})(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated((year) => monthSpan(year, monthNumber(m[1]!), monthNumber(m[2]!)), m[3], today),
  ),
  phrase(`q([1-4])(?:,? (?:of )?|[-/ ]?(?=['’]?\\d))(${SAID_YEAR})`, quarterReading(1, 2)),
  phrase(`q([1-4])(\\d\\d)`, (m, today) => dated((year) => quarterOf(year, Number(m[1])), `'${m[2]}`, today)),
  phrase("q([1-4])", quarterReading(1, 2)),
  phrase(`(${SAID_YEAR}),?[- ]?q([1-4])`, quarterReading(2, 1)),
  phrase("([1-4])q ?['’]?((?:20)?\\d\\d)", (m, today) =>
    dated((year) => quarterOf(year, Number(m[1])), m[2]!.length === 2 ? `'${m[2]}` : m[2], today),
  ),
  phrase(
    `(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th) quarter(?: of)?(?: (${SAID_YEAR}))?`,
    (m, today) => dated((year) => quarterOf(year, ordinal(m[1]!)), m[2], today),
  ),
  phrase(`(?:the )?last quarter of (${SAID_YEAR})`, (m, today) =>
    dated((year) => quarterOf(year, 4), m[1], today),
  ),
  phrase(`q([1-4])\\s*[-–—]\\s*q([1-4])(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated((year) => monthSpan(year, Number(m[1]) * 3 - 2, Number(m[2]) * 3), m[3], today),
  ),
  phrase(`h([12])(?:,? (?:of )?|[-/ ]?(?=['’]?\\d))?(${SAID_YEAR})?`, (m, today) =>
    dated((year) => halfOf(year, Number(m[1])), m[2], today),
  ),
  phrase(`(${YEAR}),?[- ]?h([12])`, (m, today) => dated((year) => halfOf(year, Number(m[2])), m[1], today)),
  phrase(`(?:the )?(first|1st|second|2nd|last) half of (?:the )?(${SAID_YEAR}|year)`, (m, today) =>
    dated(
      (year) => halfOf(year, /^[f1]/i.test(m[1]!) ? 1 : 2),
      /^year$/i.test(m[2]!) ? undefined : m[2],
      today,
    ),
  ),
  phrase(
    "(?:(?:calendar )?year )?(20[0-4]\\d)(?!\\s*(?:vms?|resources|servers|instances|gb|tb|rows|usd|dollars|euros?)\\b)",
    (m, today) => dated(yearOf, m[1], today),
  ),
];

function quarterReading(quarter: number, year: number): Phrase["read"] {
  return (m, today) => dated((of) => quarterOf(of, Number(m[quarter])), m[year], today);
}

function ordinal(word: string): number {
  return (
    { f: word.toLowerCase().startsWith("fo") ? 4 : 1, s: 2, t: 3 }[word[0]!.toLowerCase()] ?? Number(word[0])
  );
}

function monthSpan(year: number, from: number, to: number): Days | null {
  // "Nov-Feb 2025" ends in 2025 and begins the year before.
  const start = monthOf(from > to ? year - 1 : year, from).start;
  return from === to ? null : { start, end: monthOf(year, to).end, grain: "span" };
}

function isoWeek(year: number, week: number): Days | null {
  if (week < 1 || week > 53) return null;
  const days = weekOf(new Temporal.PlainDate(year, 1, 4).add({ weeks: week - 1 }));
  return week === 53 && days.start.add({ days: 3 }).year !== year ? null : days;
}

// The verb is far more common than the month: "what may this cost".
function isMonthOfMay(match: RegExpMatchArray): boolean {
  const before = match.input!.slice(0, match.index);
  const after = match.input!.slice(match.index! + match[0].length);
  if (match[1] || /month of/i.test(match[0])) return true;
  if (
    /\b(?:in|for|since|during|of|from|vs\.?|versus|and|to|through|until|than|with|between)\s+$/i.test(before)
  )
    return true;
  return before.trim() === ""
    ? /^\s*(?:$|[?.,;]|vs|versus|to\b|and\b|compared)/i.test(after)
    : /^\s*(?:$|[?.,;]|vs\b|versus\b)/i.test(after);
}

const weekday = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Days told from today: "last month", "past 90 days", "year to date", "2 weeks ago", "last weekend". */
export const relativePhrases: Phrase[] = [
  phrase("today|so far today", (_m, today) => oneDay(today)),
  phrase("yesterday", (_m, today) => oneDay(today.subtract({ days: 1 }))),
  phrase("(?:the )?day before yesterday", (_m, today) => oneDay(today.subtract({ days: 2 }))),
  phrase(
    `(?:so far )?(?:this|current|the current|the present) (${UNIT})(?: so far| to date|-to-date)?`,
    (m, today) => toDate(unitAround(toUnit(m[1]!), today), today),
  ),
  phrase(`(?:the )?(week|month|quarter|year)[- ]to[- ]date`, (m, today) =>
    toDate(unitAround(toUnit(m[1]!), today), today),
  ),
  phrase("([wmqy])td", (m, today) => {
    const unit = { w: "week", m: "month", q: "quarter", y: "year" } as const;
    return toDate(unitAround(unit[m[1]!.toLowerCase() as "w"], today), today);
  }),
  phrase(
    `(?:the )?(?:last|latest|most recent) (?:(?:full|complete|whole|calendar|closed) )?(${UNIT})`,
    (m, today) => previousUnit(toUnit(m[1]!), today),
  ),
  phrase(
    `(?:the )?(?:previous|prior|preceding) (?:(?:full|complete|whole|calendar) )?(${UNIT})`,
    (m, today) => ({
      ...previousUnit(toUnit(m[1]!), today),
      relative: "previous",
    }),
  ),
  // "past week" rolls, "last week" is the calendar's.
  phrase(`(?:the |this )?(?:past|trailing) (${UNIT})`, (m, today) =>
    toUnit(m[1]!) === "quarter" ? previousUnit("quarter", today) : rolling(toUnit(m[1]!), 1, today),
  ),
  phrase(
    `(?:the )?(?:${LAST} )(${NUMBER})(?: |-)?(?:full |complete |whole |calendar )?(${UNIT})s?`,
    (m, today) => rolling(toUnit(m[2]!), count(m[1]!), today),
  ),
  phrase(`(?:the )?(?:${LAST} )(\\d{1,4})d`, (m, today) => rolling("day", Number(m[1]), today)),
  phrase(`(?:the )?(?:${LAST} )(${NUMBER})(?: |-)?h(?:ou)?rs?|(?:the )?(?:${LAST} )(\\d+)h`, (m, today) =>
    // Costs are daily: hours round up to whole days before today.
    rolling("day", Math.max(1, Math.ceil(count(m[1] ?? m[2]!) / 24)), today),
  ),
  phrase(`(${NUMBER}) (${UNIT})s? ago`, (m, today) => {
    const unit = toUnit(m[2]!);
    return unitAround(unit, back(today, unit, count(m[1]!)));
  }),
  phrase(`(?:the )?(${UNIT}) before last`, (m, today) => {
    const unit = toUnit(m[1]!);
    return unitAround(unit, back(today, unit, 2));
  }),
  phrase("(?:(?:this|the) )?(?:last|past|previous|over the|on the|the) weekend", (_m, today) =>
    lastWeekend(today),
  ),
  phrase("this weekend", (_m, today) =>
    today.dayOfWeek < 6
      ? { unsupported: "it lies in the future" }
      : toDate({ ...saturdayAfter(weekOf(today)), grain: "span" }, today),
  ),
  phrase(`(?:last|this past|past|on) ${weekday}`, (m, today) => {
    const wanted = weekdays.indexOf(m[1]!.toLowerCase()) + 1;
    return oneDay(today.subtract({ days: (today.dayOfWeek - wanted + 7) % 7 || 7 }));
  }),
  phrase(
    "all[- ]time|(?:the )?(?:entire|whole|full) history|since (?:the )?(?:very )?(?:beginning|start)(?! of)|ever",
    (_m, today) => ({
      start: new Temporal.PlainDate(2000, 1, 1),
      end: today.add({ days: 1 }),
      grain: "span",
    }),
  ),
];

function previousUnit(unit: Unit, today: Temporal.PlainDate): Days {
  return unitAround(unit, back(today, unit, 1));
}

// Days and weeks end yesterday, the last day that can be whole; months and more are whole calendar ones.
function rolling(unit: Unit, number: number, today: Temporal.PlainDate): Outcome {
  if (number < 1) return null;
  const whole = number > 1 && unit !== "day" && unit !== "week";
  const end = whole ? unitAround(unit, today).start : today;
  const grain = whole || number > 1 ? "span" : unit;
  return { start: back(end, unit, number), end, grain };
}

function saturdayAfter(week: Days): Pick<Days, "start" | "end"> {
  return { start: week.start.add({ days: 5 }), end: week.end };
}

function lastWeekend(today: Temporal.PlainDate): Days {
  return { ...saturdayAfter(weekOf(today.subtract({ weeks: 1 }))), grain: "span" };
}

/** Told from another period of the text; alone they mean nothing. */
export const anchoredPhrases: Phrase[] = [
  phrase(
    `(?:the )?same (?:period|months?|quarter|time|weeks?|days?|year) (?:of |in )?(?:the )?(?:last|previous|prior|year before)(?: year)?|(?:a|one) year (?:earlier|before)|(?:the )?year before|year[- ]over[- ]year|yoy`,
    (_m, today) => ({ ...oneDay(today), relative: "year_before" }),
  ),
  phrase(
    `(?:the )?(?:previous|prior|preceding) (?:one|period)|(?:the )?(?:period|day|week|month|quarter) (?:before|prior)(?: that| it)?|(?:a|one) (?:week|month|quarter) (?:earlier|before)|month[- ]over[- ]month|week[- ]over[- ]week|quarter[- ]over[- ]quarter`,
    (_m, today) => ({ ...oneDay(today), relative: "previous" }),
  ),
];

/** What we cannot answer from past cost by the calendar, said instead of guessed. */
export const unsupportedPhrases: Phrase[] = [
  phrase(
    "(?:(?:last|this|previous|current|next) )?(?:fiscal|financial) (?:year|quarter|month|period|q[1-4]|h[12])(?: \\d{2,4})?|fy ?['’]?\\d{2,4}(?:[- ]?q[1-4])?|q[1-4][- ]?fy ?['’]?\\d{2,4}",
    () => ({
      unsupported: "fiscal calendars are not set up here; name calendar months or quarters instead",
    }),
  ),
  phrase(`(?:the )?(?:next|coming|upcoming) (?:${NUMBER} )?(?:${UNIT}s?|weekend|${MONTH})|tomorrow`, () => ({
    unsupported: "it lies in the future; cost data is about the past",
  })),
];

export { DAY, MONTH, MONTHS, phrase, SAID_YEAR };
