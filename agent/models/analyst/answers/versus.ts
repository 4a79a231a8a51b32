import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import { formula, periodPhrase, ref, word } from "./write.ts";

/** "**A** cost $5, $2 more than B ($3)": two values of one thing against each other, the dearer first. */
export function versusLead(output: CostBreakdown, question: Question, at: number): string | undefined {
  if (!question.versus || output.total.length !== 1 || output.otherCount > 0) return undefined;
  const [first, second, ...others] = output.rows;
  if (!first || !second || others.length > 0) return undefined;
  const [dear, cheap] = [`${at}:/rows/0/amount`, `${at}:/rows/1/amount`];
  const when = periodPhrase(output.period);
  if (decimal(first.amount.value).eq(second.amount.value))
    return `${word(first.label)} and ${word(second.label)} cost the same in ${when}: **${ref(at, "/rows/0/amount")}**`;
  const gap = formula("difference", [dear, cheap]);
  return `**${word(first.label)}** cost **${ref(at, "/rows/0/amount")}** in ${when}, **${gap} more** than ${word(second.label)} (${ref(at, "/rows/1/amount")})`;
}
