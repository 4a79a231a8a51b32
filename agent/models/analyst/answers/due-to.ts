import type { CostComparison } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { decimal, sumDecimals } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import { formula, next, periodPhrase, ref, word } from "./write.ts";

/** "X made up 40 % of the increase": one part of a change, or that there was no such change to be part of. */
export function dueToLead(
  output: CostComparison,
  { dueTo, text }: Question,
  at: number,
  headline: string,
): string | undefined {
  const [total] = output.changes;
  if (!dueTo || !total || output.changes.length !== 1) return undefined;
  const wanted = new Set(dueTo.values.map((value) => value.toLowerCase()));
  const rows = (["increases", "decreases"] as const).flatMap((side) =>
    output[side].flatMap((row, index) =>
      wanted.has(row.key.toLowerCase()) || wanted.has(row.label.toLowerCase())
        ? [{ change: row.change.value, pointer: `${at}:/${side}/${index}/change` }]
        : [],
    ),
  );
  const name = word(dueTo.words);
  const between = `from ${periodPhrase(output.base.period)} to ${periodPhrase(output.current.period)}`;
  if (rows.length === 0) return `${name} did not change ${between}.\n${headline}${next("Why did it change")}`;
  const own = sumDecimals(rows.map(({ change }) => change));
  const pointers = rows.map(({ pointer }) => pointer);
  const figure = pointers.length === 1 ? `{{${pointers[0]}|signed}}` : formula("sum", pointers, "signed");
  const whole = decimal(total.change.value);
  const word_ = whole.isNegative() ? "decrease" : "increase";
  const asksOther = whole.isNegative()
    ? /\b(?:increas\w*|ris(?:e|es)|growth|jumps?|extra)\b/i.test(text)
    : /\b(?:decreas\w*|drops?|falls?|savings?)\b/i.test(text);
  const isPart = !whole.isZero() && own.isNegative() === whole.isNegative() && !own.isZero();
  if (isPart && !asksOther) {
    const share =
      pointers.length === 1
        ? `**${formula("ratio", [pointers[0]!, `${at}:/changes/0/change`])}** of `
        : "part of ";
    return `${name} made up ${share}the ${word_} ${between}: ${figure} of ${ref(at, "/changes/0/change", "signed")}.\n${headline}${next("Why did it change")}`;
  }
  const said = asksOther
    ? `There was no ${whole.isNegative() ? "increase" : "decrease"} ${between}`
    : `${name} moved the other way than the whole ${between}`;
  return `${said}: ${name} changed by **${figure}**, the whole by ${ref(at, "/changes/0/change", "signed")}.\n${headline}${next("Why did it change")}`;
}
