import { back, toDate, unitAround } from "./calendar.ts";
import { type Phrase, phrase, type Reading, type Relative, toUnit } from "./period-grammar.ts";

const SHIFTING = "(week|month|quarter|year)";
const MOMENT = "(?:point|time|stage|days?|dates?|period|stretch|weekday)";

const relatives: Record<string, Relative> = {
  week: "week_before",
  month: "month_before",
  quarter: "quarter_before",
  year: "year_before",
};

/** The earlier unit as far as the present one has come; beside another period, that one's days so much earlier. */
function soFar(words: string, today: Temporal.PlainDate): Reading {
  const unit = toUnit(words);
  const { start, end } = toDate(unitAround(unit, today), today);
  return {
    start: back(start, unit, 1),
    end: back(end, unit, 1),
    grain: "span",
    relative: relatives[unit]!,
  };
}

/** "the same days last month", "last quarter at this point", "this time last year", "last month to date". */
export const toDatePhrases: Phrase[] = [
  phrase(
    `(?:at |by |over |for |in )?(?:the |this )?(?:same|this|that) ${MOMENT} (?:in |of |as )?(?:the )?(?:last|previous|prior|past) ${SHIFTING}`,
    (m, today) => soFar(m[1]!, today),
  ),
  phrase(
    `(?:the )?(?:last|previous|prior) ${SHIFTING}['’]?s? (?:(?:at|by|over|for|in) (?:the |this )?(?:same |this |that )?${MOMENT}|to date|so far|by now)`,
    (m, today) => soFar(m[1]!, today),
  ),
  phrase(
    `(?:the |same )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday) before(?: that| it)?|(?:the )?weekend before(?: that| it)?|(?:the )?same (?:weekday|weekend|day) (?:a|one|the|last|previous) week(?: (?:before|earlier|ago))?`,
    (_m, today) => ({ start: today, end: today.add({ days: 1 }), grain: "day", relative: "week_before" }),
  ),
];
