import type { SavingsTotal } from "@cloudoptima/tools/recommendations/get-savings-total.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { z } from "zod";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { answerRecommendations, recommendationInput } from "./recommendations.ts";
import { placeWords } from "./resource-filter-input.ts";
import { eachMoney, join, next, ref, sayError, word } from "./write.ts";

/** What to begin with: the first by the order that holds. */
function firstLine(result: CallResult | undefined): string {
  const output = result?.output as unknown as RecommendationList | undefined;
  const row = output?.rows[0];
  if (!result || !row) return "";
  const saving = row.monthlySavings ? `: ${ref(result.call, "/rows/0/monthlySavings")} a month` : "";
  return `Start with **\`${row.resource.name.replace(/[`{}]/g, "'")}\`** (${word(row.typeLabel.toLowerCase())})${saving}, risk ${row.risk}.\n`;
}

/** What can be saved by everything that can be done together. */
export function answerSavings(thinking: Thinking): Thought {
  const { question, results } = thinking;
  // A total over types that were not asked for would be too much, and a sum of the asked ones counts twice.
  if ((question.recommendationTypes?.length ?? 0) > 1) return answerRecommendations(thinking);
  if (results.length === 0) {
    const { limit: _limit, minimumMonthlySavings: _minimum, ...input } = recommendationInput(question);
    const total = { name: "get_savings_total", input };
    const first = { name: "list_recommendations", input: { ...recommendationInput(question), limit: 1 } };
    return { calls: question.form?.whatFirst ? [total, first] : [total] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as z.infer<typeof SavingsTotal>;
  const at = result.call;
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  if (output.monthlySavings.length === 0) {
    return {
      say: `Nothing to save is known${where}.${next("What did we spend by service", "Is the data up to date")}`,
    };
  }
  const monthly = join(eachMoney(at, "/monthlySavings", output.monthlySavings));
  const annual = join(eachMoney(at, "/annualSavings", output.annualSavings));
  const lines = output.byType.map((type, index) => {
    const saving = join(eachMoney(at, `/byType/${index}/monthlySavings`, type.monthlySavings));
    return `- ${word(type.typeLabel)}: ${saving} a month from ${ref(at, `/byType/${index}/recommendationCount`)}\n`;
  });
  const start = firstLine(results[1]);
  const left =
    output.excluded.length > 0
      ? "Recommendations on the same resource exclude each other; each resource counts once.\n"
      : "";
  const unpriced =
    output.unpricedCount > 0
      ? `Not counted: ${ref(at, "/unpricedCount")} whose saving the data cannot tell.\n`
      : "";
  return {
    say: `You could save **${monthly} a month**${where}, ${annual} a year, at your rates, by following ${ref(at, "/recommendationCount")} recommendations.\n${start}${lines.join("")}${left}${unpriced}What a reservation or savings plan already pays is not counted.\n${next("List the recommendations", "Which idle VMs do we have")}`,
  };
}
