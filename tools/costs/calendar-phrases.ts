import { type Days, halfOf, monthOf, oneDay, quarterOf, weekOf, yearOf } from "./calendar.ts";
import {
  calendarDay,
  DASH,
  DAY,
  dated,
  dayNumber,
  daySpan,
  isoDay,
  MONTH,
  monthNumber,
  type Phrase,
  phrase,
  SAID_YEAR,
  YEAR,
} from "./period-grammar.ts";

const single = (month: string, day: string) => (year: number) => {
  const date = calendarDay(year, monthNumber(month), dayNumber(day));
  return date && oneDay(date);
};

/** Days that the calendar names: "15 Sep 2024", "Sep 1-15", "2024-09", "Q3 2025", "H1", "2025". */
export const calendarPhrases: Phrase[] = [
  phrase("(20\\d\\d-\\d\\d-\\d\\d)(?:\\.\\.|/)(20\\d\\d-\\d\\d-\\d\\d)", (m) => {
    const [start, last] = [isoDay(m[1]!), isoDay(m[2]!)];
    if (!start || !last || Temporal.PlainDate.compare(start, last) > 0) return null;
    return { start, end: last.add({ days: 1 }), grain: "span" };
  }),
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
  phrase("(20[1-4]\\d)(0[1-9]|1[0-2])([0-3]\\d)", (m) => {
    const date = calendarDay(Number(m[1]), Number(m[2]), Number(m[3]));
    return date && oneDay(date);
  }),
  phrase("(20[1-4]\\d)[-/]?(0[1-9]|1[0-2])", (m, today) =>
    dated((year) => monthOf(year, Number(m[2])), m[1], today),
  ),
  phrase("(0?[1-9]|1[0-2])/(20\\d\\d)", (m, today) =>
    dated((year) => monthOf(year, Number(m[1])), m[2], today),
  ),
  phrase("(20\\d\\d)-?w(\\d\\d?)", (m) => isoWeek(Number(m[1]), Number(m[2]))),
  phrase(`(?:calendar week|week|cw|wk|kw) ?(\\d\\d?)(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
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
    `(?:between )?(?:the )?(${DAY})\\.?(?:${DASH}|(?<=between .*) and )(?:the )?(${DAY})\\.? (?:of )?(${MONTH}),?(?: (?:of )?(${SAID_YEAR}))?`,
    (m, today) =>
      dated((year) => daySpan(year, monthNumber(m[3]!), dayNumber(m[1]!), dayNumber(m[2]!)), m[4], today),
  ),
  phrase(`(${MONTH})-(\\d\\d)`, (m, today) =>
    dated((year) => monthOf(year, monthNumber(m[1]!)), `'${m[2]}`, today),
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
  phrase(`(?:quarter|qtr) ([1-4])(?:,? (?:of )?(${SAID_YEAR}))?`, quarterReading(1, 2)),
  phrase(`(${SAID_YEAR}),?[- ]?q([1-4])`, quarterReading(2, 1)),
  phrase("([1-4])q ?['’]?((?:20)?\\d\\d)", (m, today) =>
    dated((year) => quarterOf(year, Number(m[1])), m[2]!.length === 2 ? `'${m[2]}` : m[2], today),
  ),
  phrase(
    `(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th) (?:quarter|qtr)(?: of)?(?: (${SAID_YEAR}))?`,
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
  phrase(`(?:the )?(first|1st|second|2nd) half[- ]year(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
    dated((year) => halfOf(year, /^[f1]/i.test(m[1]!) ? 1 : 2), m[2], today),
  ),
  phrase("([12])h ?['’]?((?:20)?\\d\\d)", (m, today) =>
    dated((year) => halfOf(year, Number(m[1])), m[2]!.length === 2 ? `'${m[2]}` : m[2], today),
  ),
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
