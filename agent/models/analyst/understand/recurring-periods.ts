import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";

const recurring: readonly [RegExp, string][] = [
  [/\b(?:day[- ]over[- ]day|dod)\b/i, "yesterday"],
  [/\b(?:week[- ]over[- ]week|wow)\b/i, "last week"],
  [/\b(?:month[- ]over[- ]month|mom)\b/i, "last month"],
  [/\b(?:quarter[- ]over[- ]quarter|qoq)\b/i, "last quarter"],
  [/\b(?:year[- ]over[- ]year|yoy)\b/i, "last year"],
];

/** "month over month" is said. */
export function isRecurring(text: string): boolean {
  return recurring.some(([pattern]) => pattern.test(text));
}

/** "week over week" is the last whole week against the one before; a period said beside it wins. */
export function withRecurring(
  found: ReturnType<typeof findPeriods>,
  text: string,
  today: Temporal.PlainDate,
): ReturnType<typeof findPeriods> {
  if (found.periods.length > 0 || found.unsupported?.length) return found;
  const words = recurring.find(([pattern]) => pattern.test(text))?.[1];
  const range: [number, number] = [0, 0]; // said nowhere: nothing of the text is covered by it
  return words
    ? { ...found, periods: findPeriods(words, today).periods.map((period) => ({ ...period, range })) }
    : found;
}
