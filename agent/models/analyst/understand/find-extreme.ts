import type { Question } from "../question.ts";

const steps: Record<string, NonNullable<Question["granularity"]>> = {
  day: "daily",
  days: "daily",
  date: "daily",
  dates: "daily",
  week: "weekly",
  weeks: "weekly",
  month: "monthly",
  months: "monthly",
};
const highest =
  /^(?:highest|most|biggest|largest|peak(?:ed)?|max(?:imum)?|dearest|costliest|priciest|worst|top|record|heaviest)$/;
const lowest = /^(?:lowest|least|smallest|cheapest|min(?:imum)?|quietest|lightest)$/;
// "per day", "each month", "last week": no step that is looked for.
const otherwise =
  /^(?:per|a|an|each|every|by|last|this|past|previous|current|next|same|whole|full|the\s?other|\d+|two|three|four|five|six|ten|twelve)$/;
// "which three days": several that stand out.
const counted = /^(?:\d{1,2}|two|three|four|five|six|ten)$/;
const introduced = /^(?:which|what|the|our|top|those)$/;
const REACH = 6;

/** "day with the highest spend", "in which month did we spend least": a point in time that stands out. */
export function findExtreme(rest: string): Question["extreme"] {
  const words = rest.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  for (const [at, word] of words.entries()) {
    const granularity = steps[word];
    const isMany = counted.test(words[at - 1] ?? "") && introduced.test(words[at - 2] ?? "");
    if (!granularity || words[at + 1] === "over") continue;
    if (otherwise.test(words[at - 1] ?? "") && !isMany) continue;
    const near = words.slice(Math.max(0, at - REACH), at + REACH + 1);
    if (near.some((other) => lowest.test(other))) return { granularity, order: "least" };
    if (near.some((other) => highest.test(other))) return { granularity, order: "most" };
  }
  return undefined;
}
