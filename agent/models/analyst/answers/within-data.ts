import type { FoundPeriod } from "@cloudoptima/tools/costs/period-words.ts";
import { z } from "zod";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { periodName } from "./write.ts";

const Covered = z.object({ freshness: z.object({ dataFrom: z.iso.date(), dataUntil: z.iso.date() }) });
// Named by the calendar, without a year: the year was our own guess.
const withoutYear =
  /^(?!.*(?:\d{4}|['’]\d\d|\bsince\b|\blast year\b)).*\b(?:jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|q[1-4]|h[12]|(?:first|second|third|fourth) (?:quarter|half))\b/i;

/**
 * Answers, and when the days that the analyst chose itself hold no data (a month without its year, the usual span of
 * a trend), answers again for the days that do. Days that the person named exactly stay as they are.
 */
export function answerWithinData(thinking: Thinking, answer: (thinking: Thinking) => Thought): Thought {
  const { question, results } = thinking;
  const failed = results.findIndex(({ error }) => /(?:^|: )no_data: .*covers /.test(error ?? ""));
  const thought = answer(failed < 0 ? thinking : { ...thinking, results: results.slice(0, failed + 1) });
  const isOpen = question.periods.every(({ words }) => withoutYear.test(words.trim()));
  if (failed < 0 || !isOpen || "calls" in thought) return thought;
  const asked = results.findIndex(({ name }, index) => index > failed && name === "get_data_freshness");
  if (asked < 0) return { calls: [{ name: "get_data_freshness", input: {} }] };
  const covered = Covered.safeParse(results[asked]!.output);
  const moved = covered.success && withinDays(question, covered.data.freshness);
  return moved ? answer({ ...thinking, question: moved, results: results.slice(asked + 1) }) : thought;
}

function withinDays(question: Question, days: z.infer<typeof Covered>["freshness"]): Question | undefined {
  const end = Temporal.PlainDate.from(days.dataUntil).add({ days: 1 }).toString();
  if (question.periods.length === 0) {
    const period = { start: days.dataFrom, end };
    return { ...question, periods: [{ period, words: "", range: [0, 0] }] };
  }
  const periods = question.periods.map((found) => inYearOf(found, days.dataFrom, end));
  if (!periods.every((found) => found !== undefined)) return undefined;
  const readAs = periods.map(({ words, period }) => ({
    words,
    name: `${periodName(period)}, where the data is`,
  }));
  return { ...question, periods, readAs: [...question.readAs, ...readAs] };
}

/** The same days in the latest year that has data for them. */
function inYearOf(found: FoundPeriod, from: string, until: string): FoundPeriod | undefined {
  for (let years = 1; years <= 10; years++) {
    const [start, end] = [found.period.start, found.period.end].map((day) =>
      Temporal.PlainDate.from(day).subtract({ years }).toString(),
    ) as [string, string];
    if (start < until && end > from) return { ...found, period: { start, end } };
  }
  return undefined;
}
