import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { CostTrend } from "@cloudoptima/tools/costs/trend-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import { formatQuantity } from "../../../proof/format-quantity.ts";
import type { Question } from "../question.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { formula, periodPhrase, scope, word } from "./write.ts";

type Threshold = NonNullable<Question["threshold"]>;

/** Whether an amount lies on the side of the threshold that was asked for. */
export function passes(amount: string, { over, orEqual, amount: limit }: Threshold): boolean {
  const value = decimal(amount);
  if (value.eq(limit)) return orEqual;
  return over ? value.gt(limit) : value.lt(limit);
}

/** "more than your threshold of $5,000": what a list was cut by, in the currency of the amounts. */
function thresholdWords({ over, orEqual, amount }: Threshold, currency: string | null): string {
  const side = over ? (orEqual ? "at least" : "more than") : orEqual ? "at most" : "less than";
  const limit = formatQuantity({ value: decimal(amount), unit: currency ?? "count" });
  return `${side} your threshold of ${word(limit)}`;
}

/** "Is the bill above 10 k?": the total is weighed, where nothing says what else could be. */
export function isAboutTotal({ threshold, groupBy, form, text }: Question): boolean {
  return Boolean(threshold && !groupBy && form?.yesNo) && !/\b(?:any|anything|something|some)\b/i.test(text);
}

/** "Yes: October cost $45,862, more than your threshold of $40,000". */
export function totalThresholdLead(
  output: CostBreakdown,
  question: Question,
  at: number,
): string | undefined {
  const { threshold } = question;
  const [total] = output.total;
  if (!threshold || !total || output.total.length !== 1 || !isAboutTotal(question)) return undefined;
  const isSo = passes(total.value, threshold);
  const limit = thresholdWords(threshold, output.currency);
  return `**${isSo ? "Yes" : "No"}**: ${periodPhrase(output.period)} cost **{{${at}:/total/0}}**${scope(question)}, ${isSo ? "" : "not "}${limit}`;
}

/** "**6** services cost more than … in September 2026, together …": how many rows pass, and what they come to. */
export function thresholdLead(
  output: CostBreakdown,
  question: Question,
  at: number,
  rows: readonly number[],
): string {
  const { threshold } = question;
  if (!threshold) return "";
  const many = groupingName(
    { dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) },
    true,
  );
  const limit = thresholdWords(threshold, output.currency);
  const where = `${scope(question)} in ${periodPhrase(output.period)}`;
  if (rows.length === 0) return `None of the ${word(many)} cost ${limit}${where}`;
  const pointers = rows.map((index) => `${at}:/rows/${index}/amount`);
  const one =
    rows.length === 1
      ? groupingName({ dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) })
      : many;
  const count = `**${formula("count", pointers)}** ${word(one)} cost ${limit}${where}`;
  const [total] = output.total;
  // What a row of another currency comes to is never added.
  if (output.total.length !== 1 || !total || rows.length < 2) return count;
  return `${count}, together **${formula("sum", pointers)}** of {{${at}:/total/0}}`;
}

/** "On **3** of 30 days …": days, weeks or months over or under an amount. */
export function stepsOverThreshold(output: CostTrend, question: Question, at: number, step: string): string {
  const { threshold } = question;
  if (!threshold) return "";
  const currency = output.currency;
  const passing =
    output.series.length !== 1
      ? []
      : output.series[0]!.points.flatMap(({ amount }, index) =>
          passes(amount.value, threshold) ? [index] : [],
        );
  const limit = thresholdWords(threshold, currency);
  const where = `${scope(question)} in ${periodPhrase(output.period)}`;
  if (passing.length === 0) return `On no ${step} did it cost ${limit}${where}`;
  const pointers = passing.map((index) => `${at}:/series/0/points/${index}/amount`);
  const count = formula("count", pointers);
  return `On **${count}** ${passing.length === 1 ? step : `${step}s`} it cost ${limit}${where}`;
}

/** The points that pass, dearest (or cheapest) first. */
export function passingPoints(
  output: CostTrend,
  threshold: Threshold,
): { index: number; start: string; end: string }[] {
  if (output.series.length !== 1) return [];
  const points = output.series[0]!.points.map(({ amount, start, end }, index) => ({
    amount,
    index,
    start,
    end,
  })).filter(({ amount }) => passes(amount.value, threshold));
  points.sort((a, b) => decimal(b.amount.value).cmp(decimal(a.amount.value)) * (threshold.over ? 1 : -1));
  return points;
}
