import type { ResourceFacts } from "./judged-resource.ts";

/** Longest span a mean cost is taken over: long enough for a rhythm, short enough for today's rates. */
export const rateDays = 30;

/** Whole days from `day` to `today`. */
export function daysSince(day: string, today: string): number {
  return Temporal.PlainDate.from(day).until(today, { largestUnit: "day" }).days;
}

/**
 * The last days (at most 30) with costs in which the resource was wholly in its state since `changed`. What is newer
 * than that costs since it began: the days before are no days of its own.
 */
export function costWindow(facts: ResourceFacts, changed: string | null): { start: string; end: string } {
  const end = Temporal.PlainDate.from(facts.costsUntil ?? facts.today);
  const earliest = Temporal.PlainDate.from(facts.costsSince ?? end.subtract({ days: rateDays }));
  // The day of the change itself was only partly in the state.
  const after = changed ? Temporal.PlainDate.from(changed).add({ days: 1 }) : earliest;
  const start = Temporal.PlainDate.compare(after, earliest) > 0 ? after : earliest;
  const first = Temporal.PlainDate.compare(start, end) > 0 ? end : start;
  return { start: first.toString(), end: end.toString() };
}

/** The earlier of two days. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
