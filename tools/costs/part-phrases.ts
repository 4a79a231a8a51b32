import { back, type Days, oneDay, unitAround, weekOf } from "./calendar.ts";
import { calendarPhrases } from "./calendar-phrases.ts";
import {
  calendarDay,
  count,
  DAY,
  dayNumber,
  MONTH,
  NUMBER,
  type Outcome,
  type Phrase,
  phrase,
  SAID_YEAR,
  toUnit,
  UNIT,
} from "./period-grammar.ts";
import { relativePhrases, weekday } from "./relative-phrases.ts";

const WHOLE = `((?:${MONTH}(?:,? (?:of )?${SAID_YEAR})?)|(?:last|this|previous) (?:month|quarter|year)|q[1-4](?: ${SAID_YEAR})?|20\\d\\d)`;

/** Parts of a named period: "first half of September", "last week of August", "week of Sep 9", "mid March". */
export const partPhrases: Phrase[] = [
  phrase(`(?:the )?(first|second|1st|2nd|last) half of (?:the month of )?${WHOLE}`, (m, today) =>
    part(m[2]!, today, ({ start, end }) => {
      // Months split after their 15th day, quarters and years after half of their months.
      const months = start.until(end, { largestUnit: "month" }).months;
      const middle =
        months === 12
          ? start.add({ months: 6 })
          : start.add(months > 1 ? { months: 1, days: 15 } : { days: 15 });
      return /^[f1]/i.test(m[1]!) ? { start, end: middle } : { start: middle, end };
    }),
  ),
  phrase(
    `(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th|last|final) week of (?:the month of )?${WHOLE}`,
    (m, today) =>
      part(m[2]!, today, ({ start, end }) => {
        if (/^(last|final)/i.test(m[1]!)) return { start: end.subtract({ days: 7 }), end };
        const index = ["f", "s", "t"].indexOf(m[1]![0]!.toLowerCase());
        const week = /^fo/i.test(m[1]!) ? 3 : index >= 0 ? index : Number(m[1]![0]) - 1;
        return { start: start.add({ days: 7 * week }), end: start.add({ days: 7 * week + 7 }) };
      }),
  ),
  phrase(`(?:the )?(first|last|final) (${NUMBER}) (days|weeks|months) of ${WHOLE}`, (m, today) =>
    part(m[4]!, today, ({ start, end }) => {
      const length = { [m[3]!.toLowerCase()]: count(m[2]!) };
      return /^first/i.test(m[1]!) ? { start, end: start.add(length) } : { start: end.subtract(length), end };
    }),
  ),
  phrase(
    `(early|mid|late|(?:the )?(?:middle|beginning|start) of)[- ](${MONTH}(?:,? (?:of )?${SAID_YEAR})?)`,
    (m, today) =>
      part(m[2]!, today, ({ start, end }) => {
        const [tenth, twentieth] = [start.add({ days: 10 }), start.add({ days: 20 })];
        if (/early|beginning|start/i.test(m[1]!)) return { start, end: tenth };
        return /^late/i.test(m[1]!) ? { start: twentieth, end } : { start: tenth, end: twentieth };
      }),
  ),
  phrase(
    `(?:the )?(?:week (?:of|starting|beginning|commencing|from|containing)|w/?c) (?:on )?(?:the )?([\\w'’ ,-]{3,20}\\d(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}(?: ${SAID_YEAR})?)`,
    (m, today) => {
      const day = exactly(m[1]!, today);
      return day && day.grain === "day" ? weekOf(day.start) : null;
    },
  ),
  phrase(
    `(?:the )?(?:week (?:ending|that ended)|w/?e)(?: on)? (?:the )?([\\w'’ ,-]{3,20}\\d(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}(?: ${SAID_YEAR})?)`,
    (m, today) => {
      const day = exactly(m[1]!, today);
      if (day?.grain !== "day") return null;
      return { start: day.end.subtract({ days: 7 }), end: day.end, grain: "week" };
    },
  ),
  phrase(
    `(?:the )?weekend of (?:the )?([\\w'’ ,-]{3,20}\\d(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}(?: ${SAID_YEAR})?)`,
    (m, today) => {
      const day = exactly(m[1]!, today);
      return (
        day && { start: weekOf(day.start).start.add({ days: 5 }), end: weekOf(day.start).end, grain: "span" }
      );
    },
  ),
  phrase(`(?:the )?(first|last|1st) day of ${WHOLE}`, (m, today) =>
    part(m[2]!, today, ({ start, end }) => oneDay(/^last/i.test(m[1]!) ? end.subtract({ days: 1 }) : start)),
  ),
  phrase(`(?:the )?end of (${MONTH}(?:,? (?:of )?20\\d\\d)?|(?:last|the previous) month)`, (m, today) =>
    part(m[1]!.replace(/^the /i, ""), today, ({ end }) => ({ start: end.subtract({ days: 10 }), end })),
  ),
  phrase(`(?:the )?(${DAY}) of (?:the )?(last|this|previous|current) month`, (m, today) => {
    const month = /^(last|previous)/i.test(m[2]!) ? today.subtract({ months: 1 }) : today;
    const date = calendarDay(month.year, month.month, dayNumber(m[1]!));
    return date && oneDay(date);
  }),
  // "the six months to September", "30 days ending 15 Sep", "the quarter ending June".
  phrase(
    `(?:the )?(?:(${NUMBER}) )?(${UNIT})s? (?:to|until|up to|ending|ended|that ended)(?: (?:in|on|with))?(?: the)?(?: end of)? (${MONTH} ${DAY}(?:,? 20\\d\\d)?|${WHOLE}|${DAY} (?:of )?${MONTH}(?: 20\\d\\d)?|20\\d\\d-\\d\\d-\\d\\d)`,
    (m, today) => {
      const last = exactly(m[3]!, today);
      if (!last || (!m[1] && !/end/i.test(m[0]!))) return null;
      const unit = toUnit(m[2]!);
      return { start: back(last.end, unit, m[1] ? count(m[1]) : 1), end: last.end, grain: "span" };
    },
  ),
  phrase(
    `${weekday},? (?:the )?(${DAY} (?:of )?${MONTH}(?:,? ${SAID_YEAR})?|${MONTH} (?:the )?${DAY}(?:,? ${SAID_YEAR})?|20\\d\\d-\\d\\d-\\d\\d)`,
    (m, today) => exactly(m[2]!, today),
  ),
];

/** A piece of the whole period that the words name; one in progress is cut as a whole one. */
function part(
  words: string,
  today: Temporal.PlainDate,
  cut: (whole: Days) => Pick<Days, "start" | "end">,
): Outcome {
  const whole = exactly(words, today);
  if (!whole) return null;
  // "the first half of this year" is half of the whole year, however far it has come.
  const full =
    whole.grain === "month" || whole.grain === "quarter" || whole.grain === "year"
      ? unitAround(whole.grain, whole.start)
      : whole;
  const piece: Days = { grain: "span", ...cut(full) };
  return piece;
}

/** The one reading of words that are a period and nothing else. */
function exactly(words: string, today: Temporal.PlainDate): Days | null {
  for (const { pattern, read } of [...calendarPhrases, ...relativePhrases]) {
    pattern.lastIndex = 0;
    const match = [...words.trim().matchAll(pattern)].find(
      (found) => found[0].length === words.trim().length,
    );
    const outcome = match && read(match, today);
    if (outcome && "start" in outcome) return outcome;
  }
  return null;
}
