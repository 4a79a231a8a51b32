import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { SavingsTotal } from "@cloudoptima/tools/recommendations/get-savings-total.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { costInput } from "./cost-input.ts";
import { answerRecommendations, recommendationInput } from "./recommendations.ts";
import { placeWords } from "./resource-filter-input.ts";
import { eachMoney, formula, join, next, periodName, ref, sayError, word } from "./write.ts";

/** What to begin with: the first by the order that holds. */
function firstLine(result: CallResult | undefined): string {
  const output = result?.output as unknown as RecommendationList | undefined;
  const row = output?.rows[0];
  if (!result || !row) return "";
  const saving = row.monthlySavings ? `: ${ref(result.call, "/rows/0/monthlySavings")} a month` : "";
  return `Start with **\`${row.resource.name.replace(/[`{}]/g, "'")}\`** (${word(row.typeLabel.toLowerCase())})${saving}, risk ${row.risk}.\n`;
}

const LINES = 8;
const many = (count: number) => (count === 1 ? "recommendation" : "recommendations");

/** By what the savings are to be told, as get_savings_total takes it; types are always told. */
function placesInput({ groupBy }: Question): { by?: string; byTag?: string } {
  if (groupBy?.dimension === "tag" && groupBy.tagKey) return { by: "tag", byTag: groupBy.tagKey };
  const isPlace = ["resource_group", "subscription", "region"].includes(groupBy?.dimension ?? "");
  return isPlace ? { by: groupBy!.dimension } : {};
}

/** What can be saved by everything that can be done together. */
export function answerSavings(thinking: Thinking): Thought {
  const { question, results } = thinking;
  const places = placesInput(question);
  // A total over types that were not asked for would be too much, and a sum of the asked ones counts twice.
  if ((question.recommendationTypes?.length ?? 0) > 1 && !places.by) return answerRecommendations(thinking);
  const isShare = question.measure === "share";
  if (results.length === 0) {
    const { limit: _limit, minimumMonthlySavings: _minimum, ...input } = recommendationInput(question);
    const total = { name: "get_savings_total", input: { ...input, ...places } };
    const first = { name: "list_recommendations", input: { ...recommendationInput(question), limit: 1 } };
    // Of which spend it is a share: that of the last whole month, in the same place.
    const spend = { name: "get_cost_breakdown", input: { ...costInput(question), top: 1 } };
    if (isShare) return { calls: [total, spend] };
    return { calls: question.form?.whatFirst ? [total, first] : [total] };
  }
  const [result, second] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as SavingsTotal;
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
  const lines = places.by ? placeLines(at, output) : typeLines(at, output);
  const start = isShare ? "" : firstLine(second);
  const left =
    output.excluded.length > 0
      ? "Recommendations on the same resource exclude each other; each resource counts once.\n"
      : "";
  const unpriced =
    output.unpricedCount > 0
      ? `Not counted: ${ref(at, "/unpricedCount")} whose saving the data cannot tell.\n`
      : "";
  const lead = isShare ? shareLine(result, second) : mostLine(at, output);
  return {
    say: `${lead}You could save **${monthly} a month**${where}, ${annual} a year, at your rates, by following ${ref(at, "/recommendationCount")} ${many(output.recommendationCount)}.\n${start}${lines}${left}${unpriced}What a reservation or savings plan already pays is not counted.\n${next("List the recommendations", "Which idle VMs do we have")}`,
  };
}

function typeLines(at: number, { byType }: SavingsTotal): string {
  return byType
    .map((type, index) => ({ type, index }))
    .toSorted((a, b) => savingOf(b.type) - savingOf(a.type))
    .map(({ type, index }) => {
      const saving = join(eachMoney(at, `/byType/${index}/monthlySavings`, type.monthlySavings));
      return `- ${word(type.typeLabel)}: ${saving} a month from ${ref(at, `/byType/${index}/recommendationCount`)}\n`;
    })
    .join("");
}

const savingOf = ({ monthlySavings }: Pick<SavingsTotal["byType"][number], "monthlySavings">) =>
  Number(monthlySavings[0]?.value ?? 0);

function placeLines(at: number, { byPlace }: SavingsTotal): string {
  const lines = byPlace.slice(0, LINES).map((place, index) => {
    const saving = join(eachMoney(at, `/byPlace/${index}/monthlySavings`, place.monthlySavings));
    return `- ${word(place.label)}: ${saving} a month from ${ref(at, `/byPlace/${index}/recommendationCount`)}\n`;
  });
  return `${lines.join("")}${byPlace.length > LINES ? "The rest saves less.\n" : ""}`;
}

/** The named place that could save most; what has none is in the lines. */
function mostLine(at: number, { byPlace }: SavingsTotal): string {
  const index = byPlace.findIndex(({ label }) => !label.startsWith("("));
  const most = byPlace[index];
  if (!most) return "";
  const saving = join(eachMoney(at, `/byPlace/${index}/monthlySavings`, most.monthlySavings));
  return `**${word(most.label)}** could save the most: ${saving} a month by ${ref(at, `/byPlace/${index}/recommendationCount`)} ${many(most.recommendationCount)}.\n`;
}

/** What share of the spend the savings are. */
function shareLine({ call, output }: CallResult, spend: CallResult | undefined): string {
  const { monthlySavings } = output as unknown as SavingsTotal;
  const cost = spend?.output as unknown as CostBreakdown | undefined;
  const [saving, ...more] = monthlySavings;
  const isOneCurrency = more.length === 0 && cost?.total.length === 1;
  if (!spend || !cost || !isOneCurrency || cost.total[0]!.currency !== saving?.currency) return "";
  return `**${formula("ratio", [`${call}:/monthlySavings/0`, `${spend.call}:/total/0`])}** of the ${ref(spend.call, "/total/0")} that ${periodName(cost.period)} cost could be saved.\n`;
}
