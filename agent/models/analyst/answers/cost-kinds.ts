import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Thinking } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { formula, next, periodPhrase, scope } from "./write.ts";

/** "billed vs effective": the same scope by both kinds, and the difference. */
export function writeKinds(results: readonly CallResult[], { question }: Thinking): string {
  const [a, b] = results as [CallResult, CallResult];
  const outputs = results.map((result) => result.output as unknown as CostBreakdown);
  const [first, second] = outputs as [CostBreakdown, CostBreakdown];
  const name = (kind: string) => (kind === "list" ? "list price" : `${kind} cost`);
  const lacking = outputs.find(
    ({ costKind, total }) =>
      costKind !== "billed" &&
      costKind !== "effective" &&
      total.every(({ value }) => decimal(value).isZero()),
  );
  if (lacking)
    return `The data carries no ${lacking.costKind} prices for this, so they can't be compared.${next("What did we spend by service")}`;
  const lines = first.total.flatMap(({ currency, value }, index) => {
    const other = second.total.findIndex((money) => money.currency === currency);
    if (other < 0) return [];
    const [left, right] = [`${a.call}:/total/${index}`, `${b.call}:/total/${other}`];
    const isMore = decimal(value).gte(second.total[other]!.value);
    const gap = formula("difference", isMore ? [left, right] : [right, left]);
    const off =
      isMore && !decimal(value).isZero() && !decimal(value).eq(second.total[other]!.value)
        ? ` (${formula("percent_change", [right, left])})`
        : "";
    const part =
      question.measure === "share" && !decimal(value).isZero()
        ? `That is **${formula("ratio", [right, left])}** of the ${name(first.costKind)}.\n`
        : "";
    return [
      `${periodPhrase(first.period)} cost **{{${left}}}** by ${name(first.costKind)} and **{{${right}}}** by ${name(second.costKind)}${scope(question)}: ${gap} ${isMore ? "less" : "more"} by ${name(second.costKind)}${off}.\n${part}`,
    ];
  });
  return `${lines.join("")}${next("Break it down by service")}`;
}
