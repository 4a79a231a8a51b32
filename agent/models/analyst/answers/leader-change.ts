import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { costInput, groupInput } from "./cost-input.ts";
import { periodPhrase, ref, sayError, word } from "./write.ts";

/** "our biggest cost, and how it changed": the dearest first, then that one against the period before. */
export function answerLeaderChange(thinking: Thinking, compare: (thinking: Thinking) => Thought): Thought {
  const { question, results } = thinking;
  const [later] = [...question.periods].sort((a, b) => (a.period.start > b.period.start ? -1 : 1));
  const asked = later ? { ...question, periods: [later] } : question;
  const [found] = results;
  if (!found)
    return {
      calls: [
        { name: "get_cost_breakdown", input: { ...costInput(asked), ...groupInput(question), top: 10 } },
      ],
    };
  if (!found.output) return { say: sayError(found) };
  const output = found.output as unknown as CostBreakdown;
  const at = output.rows.findIndex(({ key, amount }) => key !== "" && !decimal(amount.value).isZero());
  const leader = output.rows[at];
  const rest: Question = { ...question, form: undefined };
  if (!leader) return compare({ ...thinking, question: rest, results: results.slice(1) });
  const { groupBy: dimension, tagKey } = output;
  const filter = {
    dimension,
    ...(tagKey ? { tagKey } : {}),
    values: [leader.key],
    exclude: false,
    words: leader.label,
  };
  // A service is told by its resources, whatever else by its services.
  const groupBy = { dimension: dimension === "service" ? ("resource" as const) : ("service" as const) };
  const thought = compare({
    ...thinking,
    question: {
      ...rest,
      filters: [...question.filters, filter],
      groupBy,
      change: undefined,
      top: undefined,
      periods:
        question.periods.length > 0
          ? question.periods
          : [{ period: output.period, words: "", range: [0, 0] }],
    },
    results: results.slice(1),
  });
  if ("calls" in thought) return thought;
  const share = leader.share === null ? "" : `, ${ref(found.call, `/rows/${at}/sharePercent`)}`;
  const name = groupingName({ dimension, ...(tagKey ? { tagKey } : {}) });
  return {
    say: `The biggest ${word(name)} in ${periodPhrase(output.period)} was **${word(leader.label)}** (${ref(found.call, `/rows/${at}/amount`)}${share}).\n${thought.say}`,
  };
}
