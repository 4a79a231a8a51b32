import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { AmbiguousName, Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { askWhich } from "./ask-which.ts";
import { costInput } from "./cost-input.ts";
import { basis, eachMoney, join, word } from "./write.ts";

// As many as can be weighed at a glance; the likeliest come first.
const MOST = 3;

/** Whether a name with several meanings can be answered for each of them, beside the question which is meant. */
export function offersReadings({ intent, ambiguousNames, unknownNames, ...question }: Question): boolean {
  return (
    intent === "cost" &&
    question.measure === "amount" &&
    !question.groupBy &&
    !question.threshold &&
    !question.costKinds &&
    !question.wantsTags &&
    !question.needsTag &&
    !question.ambiguousPeriod &&
    !question.unsupportedPeriod &&
    unknownNames.length === 0 &&
    question.periods.length < 2 &&
    ambiguousNames.length === 1 &&
    ambiguousNames[0]!.options.length > 1
  );
}

/** Asks which is meant, with what each of the likeliest meanings cost. */
export function answerReadings({ question, results, today }: Thinking): Thought | undefined {
  if (!offersReadings(question)) return undefined;
  const [ambiguous] = question.ambiguousNames as [AmbiguousName];
  const options = ambiguous.options.slice(0, MOST);
  if (results.length < options.length) {
    return {
      calls: options.map((option) => ({
        name: "get_cost_breakdown",
        input: costInput({ ...question, filters: [...question.filters, option] }),
      })),
    };
  }
  const asked = askWhich(ambiguous);
  const lines = options.flatMap((option, index) => {
    const result = results[index]!;
    const output = result.output as unknown as CostBreakdown | undefined;
    if (!output) return [];
    const name = groupingName({ dimension: option.dimension, tagKey: option.tagKey });
    const total = join(eachMoney(result.call, "/total", output.total));
    return [`- ${ambiguous.words === "untagged" ? "without the " : ""}${word(name)}: ${total}\n`];
  });
  const first = results.find(({ output }) => output)?.output as unknown as CostBreakdown | undefined;
  if (lines.length === 0 || !first) return { say: asked };
  const [sentence = "", ...rest] = asked.split("\n");
  return { say: `${sentence} ${basis(first, question, today)}\n${lines.join("")}${rest.join("\n")}` };
}
