import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { Question } from "../question.ts";
import { eachMoney, join, periodPhrase, word } from "./write.ts";

const told = new Set(["refund", "credit", "purchase", "tax", "adjustment"]);

/** "Refunds of September 2026 come to -$212.40": money that came back, or was paid ahead, is no cost of usage. */
export function chargeLead(
  output: CostBreakdown,
  { filters, threshold, form }: Question,
  at: number,
): string | undefined {
  const [only, ...more] = filters;
  if (!only || more.length > 0 || only.dimension !== "charge_kind" || only.exclude || threshold)
    return undefined;
  if (!only.values.every((value) => told.has(value))) return undefined;
  const total = join(eachMoney(at, "/total", output.total).map((figure) => `**${figure}**`));
  const yes = form?.yesNo ? "**Yes**: " : "";
  const name = word(only.words);
  const named = yes ? name : name.charAt(0).toUpperCase() + name.slice(1);
  return `${yes}${named} of ${periodPhrase(output.period).replace(/^The/, "the")} come to ${total}`;
}
