import {
  back,
  type Days,
  firstDay,
  halfOf,
  oneDay,
  toDate,
  type Unit,
  unitAround,
  weekOf,
} from "./calendar.ts";
import { count, LAST, NUMBER, type Outcome, type Phrase, phrase, toUnit, UNIT } from "./period-grammar.ts";

export const weekday = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
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
  phrase(`since (?:the )?(?:start|beginning) of (?:the|this) (${UNIT})`, (m, today) =>
    toDate(unitAround(toUnit(m[1]!), today), today),
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
  // "past week" and "in the last week" roll, "last week" is the calendar's.
  phrase("(?:in|over|within|during) the last (week|month|year)", (m, today) =>
    rolling(toUnit(m[1]!), 1, today),
  ),
  phrase(`(?:the |this )?(?:past|trailing) (${UNIT})`, (m, today) =>
    toUnit(m[1]!) === "quarter" ? previousUnit("quarter", today) : rolling(toUnit(m[1]!), 1, today),
  ),
  phrase(
    `(?:the )?(?:${LAST} )(${NUMBER})(?: |-)?(?:full |complete |whole |calendar )?(${UNIT})s?`,
    (m, today) => rolling(toUnit(m[2]!), count(m[1]!), today),
  ),
  phrase(`(?:the )?(?:previous|prior|preceding) (${NUMBER})(?: |-)?(${UNIT})s?`, (m, today) => {
    const outcome = rolling(toUnit(m[2]!), count(m[1]!), today);
    return outcome && "start" in outcome ? { ...outcome, relative: "previous" } : outcome;
  }),
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
  phrase("(?:the )?weekend before last", (_m, today) => lastWeekend(today.subtract({ weeks: 1 }))),
  phrase("(?:the |this )?(?:last|past|previous) (?:fortnight|two[- ]week period)", (_m, today) =>
    rolling("week", 2, today),
  ),
  phrase("(?:the )?(?:last|previous|prior) half(?:[- ]year)?", (_m, today) => previousHalf(today)),
  phrase("(?:this|the current) half(?:[- ]year)?(?: so far)?|half[- ]year[- ]to[- ]date", (_m, today) =>
    toDate(halfOf(today.year, today.month > 6 ? 2 : 1), today),
  ),
  // "in the last 30": thirty of what is not said because days are meant.
  phrase("(?:the )?(?:last|past) (30|60|90|180|365)(?=\\s*(?:$|[?.,;]|where|when|that|by|vs))", (m, today) =>
    rolling("day", Number(m[1]), today),
  ),
  phrase("ttm|ltm", (_m, today) => rolling("month", 12, today)),
  phrase(
    "(?:(?:the )?(?:last|past|trailing) |l)?(\\d{1,3})(d|(?<=l\\d+|last \\d+|past \\d+|trailing \\d+)[wm])",
    (m, today) =>
      rolling(
        ({ d: "day", w: "week", m: "month" } as const)[m[2]!.toLowerCase() as "d"],
        Number(m[1]),
        today,
      ),
  ),
  phrase("this weekend", (_m, today) =>
    today.dayOfWeek < 6
      ? { unsupported: "it lies in the future" }
      : toDate({ ...saturdayAfter(weekOf(today)), grain: "span" }, today),
  ),
  phrase(`(?:(?:last|this past|past|on|this) )?${weekday}(?:['’]s)?`, (m, today) => {
    const wanted = weekdays.indexOf(m[1]!.toLowerCase()) + 1;
    return oneDay(today.subtract({ days: (today.dayOfWeek - wanted + 7) % 7 || 7 }));
  }),
  phrase(
    "all[- ]time|(?:the )?(?:entire|whole|full) history|since (?:the )?(?:very )?(?:beginning|start)(?! of)|ever",
    (_m, today) => ({ start: firstDay, end: today.add({ days: 1 }), grain: "span" }),
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

function previousHalf(today: Temporal.PlainDate): Days {
  return today.month > 6 ? halfOf(today.year, 1) : halfOf(today.year - 1, 2);
}

function saturdayAfter(week: Days): Pick<Days, "start" | "end"> {
  return { start: week.start.add({ days: 5 }), end: week.end };
}

function lastWeekend(today: Temporal.PlainDate): Days {
  return { ...saturdayAfter(weekOf(today.subtract({ weeks: 1 }))), grain: "span" };
}
