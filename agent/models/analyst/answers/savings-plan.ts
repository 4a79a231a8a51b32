import type { SavingsPlanOutput } from "@cloudoptima/tools/recommendations/savings-plan-output.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { findSavingsPlan, type SavingsPlanQuestion } from "../understand/find-savings-plan.ts";
import { orderWords } from "./order-words.ts";
import { quotable } from "./quotable.ts";
import { recommendationInput } from "./recommendations.ts";
import { placeWords } from "./resource-filter-input.ts";
import { formula, join, next, ref, sayError, word } from "./write.ts";

const STEPS = 5;
const MOST_STEPS = 20;
type Plan = SavingsPlanOutput["plans"][number];

/** What to do first and next, within the risk and effort that the person sets. The steps add up; rivals are left out. */
export function answerSavingsPlan({ question, results }: Thinking): Thought {
  const asked = findSavingsPlan(question.text);
  if (results.length === 0) {
    const { limit: _limit, minimumMonthlySavings: _minimum, ...filter } = recommendationInput(question);
    const { wantsExcluded: _, ...limits } = asked;
    return { calls: [{ name: "plan_savings", input: { ...filter, ...limits } }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as SavingsPlanOutput;
  const place = placeWords(question).map(word);
  const where = `${place.length > 0 ? ` in ${join(place)}` : ""}${limitWords(asked)}`;
  const notes = sayNotCounted(result.call, output, asked);
  if (output.plans.length === 0) {
    return { say: `Nothing to save is known${where}.\n${notes}${next("How can we save money")}` };
  }
  const plans = output.plans.map((plan, index) => {
    const base = `/plans/${index}`;
    return asked.wantsExcluded
      ? sayExcluded(result.call, base, plan, where)
      : `${sayPlan(result.call, base, plan, where, stepsOf(question))}${orderWords(result.call, output.order)}`;
  });
  const name = output.plans[0]?.steps[0]?.resourceName;
  return {
    say: `${plans.join("")}${notes}${next(
      name && !asked.wantsExcluded && `Why is ${word(name)} flagged`,
      "What should we optimize first",
    )}`,
  };
}

/** As many steps as were asked for: "the top 3", "every low-risk fix". */
function stepsOf({ top, text }: Question): { most: number; isAsked: boolean } {
  if (top) return { most: top, isAsked: true };
  return {
    most: /\b(?:all|every|each|full|complete|whole)\b/i.test(text) ? MOST_STEPS : STEPS,
    isAsked: false,
  };
}

function sayPlan(
  at: number,
  base: string,
  plan: Plan,
  where: string,
  { most, isAsked }: ReturnType<typeof stepsOf>,
): string {
  const lines = plan.steps.slice(0, most).map((step, index) => {
    const saving = ref(at, `${base}/steps/${index}/monthlySavings`);
    const added = index === 0 ? `${saving} a month` : `adds ${saving} a month`;
    return `${index + 1}. ${word(step.title)}: ${added}, ${step.risk} risk, ${step.effort}\n`;
  });
  const shown = lines.map((_, index) => `${at}:${base}/steps/${index}/monthlySavings`);
  const lead =
    isAsked && shown.length > 1 && shown.length < plan.stepCount
      ? `What comes first saves **${formula("sum", shown)} a month**, if that alone is done.\n`
      : "";
  const together =
    shown.length > 1 && shown.length < plan.stepCount
      ? `These come to ${formula("sum", shown)} of the total; each step counts only what it adds to those before it.\n`
      : "Each step counts only what it adds to those before it, so they add up to the total.\n";
  const excluded =
    plan.excludedCount > 0
      ? `Left out of the total, because they cannot be done together with a step: ${ref(at, `${base}/excludedCount`)}.\n`
      : "";
  const bound = plan.optimum.isBest
    ? "No other set that can be done together saves more.\n"
    : `In total no set can save more than ${ref(at, `${base}/optimum/monthlyBound`)} a month.\n`;
  const last = plan.steps.some(({ stage }) => stage === "commit")
    ? ", commitments last, for what is then left"
    : "";
  return `${lead}You can save **${ref(at, `${base}/monthlySavings`)} a month** in total${where}, ${ref(at, `${base}/annualSavings`)} a year, at your rates, in ${ref(at, `${base}/stepCount`)} steps. What to do first${last}:\n${lines.join("")}\n${together}${excluded}${bound}`;
}

function sayExcluded(at: number, base: string, plan: Plan, where: string): string {
  const total = `the total of ${ref(at, `${base}/monthlySavings`)} a month${where}`;
  if (plan.excludedCount === 0) return `Nothing is excluded from ${total}.\n`;
  const lines = plan.excluded
    .slice(0, STEPS)
    .map(
      (left, index) =>
        `- ${word(left.title)} (${ref(at, `${base}/excluded/${index}/monthlySavings`)} a month on its own): ${quotable(left.because)}\n`,
    );
  return `**${ref(at, `${base}/excludedCount`)}** recommendations are excluded from ${total}, because something that saves more with the rest rules them out:\n${lines.join("")}`;
}

function limitWords({ riskAtMost, effortAtMost }: SavingsPlanQuestion): string {
  const limits = [
    ...(riskAtMost ? [riskAtMost === "low" ? "low risk" : "low or medium risk"] : []),
    ...(effortAtMost ? [effortAtMost === "easy" ? "little effort" : "medium effort at most"] : []),
  ];
  return limits.length > 0 ? ` at ${join(limits)}` : "";
}

function sayNotCounted(at: number, output: SavingsPlanOutput, asked: SavingsPlanQuestion): string {
  const over =
    output.overLimitCount > 0
      ? `Not in it, as they take more ${join([...(asked.riskAtMost ? ["risk"] : []), ...(asked.effortAtMost ? ["effort"] : [])], "or")}: ${ref(at, "/overLimitCount")}.\n`
      : "";
  const unpriced =
    output.unpricedCount > 0
      ? `Not counted: ${ref(at, "/unpricedCount")} with no saving that could be totalled.\n`
      : "";
  return `${over}${unpriced}`;
}
