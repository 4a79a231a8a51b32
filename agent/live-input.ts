import { comparablePeriod } from "@cloudoptima/tools/costs/comparable-period.ts";
import type { Period } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";
import { z } from "zod";

const ExactPeriod = z.strictObject({ start: z.iso.date(), end: z.iso.date() });
const MonthName = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b[qh][1-4]\b/i;
const FromToday = /\b(?:last|past|previous|prior|latest|trailing|rolling|this|current|ago|to[- ]date)\b/i;

/**
 * A call's input as it stays true: days that the person told from today ("last month") become those words again,
 * so that a pin of it moves on with the calendar; days that were named ("October 2026") stay.
 * Messages with the current one last; of several that mean the same days the newest decides.
 */
export function liveInput(
  input: unknown,
  { personSaid, today }: { personSaid: readonly string[]; today: string },
): unknown {
  if (typeof input !== "object" || input === null || !("period" in input)) return input;
  const { period, comparedTo, ...rest } = input as { period: unknown; comparedTo?: unknown };
  const day = Temporal.PlainDate.from(today);
  const words = wordsFor(period, personSaid, day);
  if (comparedTo === undefined) return words ? { ...input, period: { words } } : input;
  const comparedWords = wordsFor(comparedTo, personSaid, day);
  if (words && comparedWords) return { ...rest, period: { words }, comparedTo: { words: comparedWords } };
  // The tool itself compares with the period before; any other fixed base would fall behind a moving period.
  const exact = ExactPeriod.safeParse(period);
  return words && exact.success && same(comparablePeriod(exact.data), comparedTo)
    ? { ...rest, period: { words } }
    : input;
}

/** The person's words for exact days, when they are told from today and mean the same alone. */
function wordsFor(
  period: unknown,
  personSaid: readonly string[],
  today: Temporal.PlainDate,
): string | undefined {
  const exact = ExactPeriod.safeParse(period);
  if (!exact.success) return undefined;
  for (const said of personSaid.toReversed()) {
    const spot = findPeriods(said, today).periods.find((found) => same(found.period, exact.data));
    if (!spot) continue;
    return same(alone(spot.words, today), exact.data) && movesOn(spot.words, today) ? spot.words : undefined;
  }
  return undefined;
}

/** What the words mean without the rest of the message. */
function alone(words: string, today: Temporal.PlainDate): Period | undefined {
  const { periods } = findPeriods(words, today);
  return periods.length === 1 ? periods[0]!.period : undefined;
}

/** "past 30 days" means other days tomorrow and "last year" next year; "October" only seems to. */
function movesOn(words: string, today: Temporal.PlainDate): boolean {
  const now = alone(words, today);
  const after = (days: number) => !same(alone(words, today.add({ days })), now);
  return after(1) || after(31) || (after(366) && FromToday.test(words) && !MonthName.test(words));
}

function same(period: Period | undefined, other: unknown): boolean {
  const exact = ExactPeriod.safeParse(other);
  return exact.success && period?.start === exact.data.start && period.end === exact.data.end;
}
