import { oneDay } from "./calendar.ts";
import { calendarDay, dated, type Phrase, phrase, SAID_YEAR } from "./period-grammar.ts";

/** Holidays that are the same day each year, as month and day. */
const fixed: readonly [words: string, month: number, day: number][] = [
  ["christmas eve", 12, 24],
  ["(?:christmas|xmas)(?: day)?", 12, 25],
  ["boxing day", 12, 26],
  ["new year['’]?s eve", 12, 31],
  ["new year['’]?s(?: day)?", 1, 1],
  ["valentine['’]?s day", 2, 14],
  ["(?:halloween|hallowe['’]en)", 10, 31],
];

/** "Christmas Day", "New Year's Eve 2025": days that need no number. Those that move each year are asked for. */
export const holidayPhrases: Phrase[] = [
  ...fixed.map(([words, month, day]) =>
    phrase(`${words}(?:,? (?:of )?(${SAID_YEAR}))?`, (m, today) =>
      dated(
        (year) => {
          const date = calendarDay(year, month, day);
          return date && oneDay(date);
        },
        m[1],
        today,
      ),
    ),
  ),
  phrase(
    "(?:over|around|during) (?:the )?(?:christmas|xmas|new year['’]?s?)(?: (?:break|holidays?))?",
    () => ({
      unsupported: "people count those days differently; name the first and the last",
    }),
  ),
  phrase(
    "black friday|cyber monday|thanksgiving|easter(?: (?:sunday|monday|weekend))?|good friday|diwali",
    () => ({
      unsupported: "it moves from year to year; name the date",
    }),
  ),
];
