import type { RecommendationOrder } from "@cloudoptima/tools/recommendations/ranking/recommendation-order.ts";
import { ref } from "./write.ts";

/** Whether the largest savings are asked for, whatever their risk and effort. */
export const wantsSavingsOrder = (text: string): boolean =>
  /\bby (?:\w+ )?(?:savings?|amount|value)\b|\b(?:biggest|largest|highest|greatest|most|top(?: \d+)?) (?:\w+ )?sav(?:e|er|ers|ing|ings)\b|\bsav\w+ (?:us )?(?:the )?most\b/i.test(
    text,
  );

/** Which order a list is in and why, in one line; nothing where it was asked for. */
export function orderWords(
  at: number,
  { by, backtest, decisionCount, neededCount }: RecommendationOrder,
): string {
  if (by === "savings") return "";
  if (by === "learned" && backtest) {
    const reached = (what: "learned" | "rule") => ref(at, `/order/backtest/${what}ReachedShare`);
    return `Ordered by what your team accepted: on ${ref(at, "/order/backtest/judgedCount")} later decisions it reached ${reached("learned")} of the accepted savings on the way down, the rule ${reached("rule")}.\n`;
  }
  const rule = "Ordered by saving and confidence, less what risk and effort take; commitments last.";
  return decisionCount < neededCount
    ? `${rule} Too few decisions to learn your team's own order: ${ref(at, "/order/decisionCount")} of ${ref(at, "/order/neededCount")}.\n`
    : `${rule}\n`;
}
