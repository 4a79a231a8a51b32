import type { CostTrend } from "@cloudoptima/tools/costs/trend-shapes.ts";
import type { Thinking, Thought } from "../thought.ts";
import { costInput, groupInput } from "./cost-input.ts";
import { basis, eachMoney, formula, join, next, periodPhrase, ref, sayError, scope, word } from "./write.ts";

/** What a day or a whole month cost on average. */
export function answerAverage({ question, results, today }: Thinking): Thought {
  const isDaily = question.measure === "average_per_day";
  if (results.length === 0) {
    // One month has no monthly average: without a period it is the last twelve.
    const year = isDaily ? {} : { period: { words: "past 12 months" } };
    const granularity = isDaily ? "daily" : "monthly";
    const groups = isDaily ? groupInput(question) : {};
    return {
      calls: [{ name: "get_cost_trend", input: { ...year, ...costInput(question), ...groups, granularity } }],
    };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as CostTrend;
  const at = result.call;
  const averages = output.statistics.map((_, index) => `**${ref(at, `/statistics/${index}/average`)}**`);
  const total = join(eachMoney(at, "/total", output.total));
  const when = periodPhrase(output.period);
  const said = isDaily
    ? `${when} cost ${join(averages)} a day on average${scope(question)}, ${total} in all.`
    : `A month cost ${join(averages)} on average${scope(question)}, over the whole months of ${when}.`;
  const groups = output.groupBy
    ? output.series
        .slice(0, 5)
        .map(
          ({ label }, index) =>
            `- ${word(label)}: ${formula("ratio", [`${at}:/series/${index}/total`, `${at}:/coverage/coveredDays`])} a day\n`,
        )
    : [];
  return {
    say: `${said} ${basis(output, question, today)}\n${groups.join("")}${next(
      isDaily ? "Show it day by day" : "Show it month by month",
      "Break it down by service",
    )}`,
  };
}
