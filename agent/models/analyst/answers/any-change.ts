import type { CostComparison } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { isTelling, join, periodPhrase, ref, word } from "./write.ts";

const LINES = 4;

/** "doubled", "rose by more than 20 %": how many percent a change has to reach. */
export function factorOf(text: string): string | undefined {
  if (/\b(?:doubl\w*|twice)\b/i.test(text)) return "100";
  if (/\b(?:tripl\w*|three times)\b/i.test(text)) return "200";
  if (/\bhalv\w*\b/i.test(text)) return "50";
  return /\b(?:by )?(?:more than|over|at least) (\d+(?:\.\d+)?)\s?(?:%|per ?cent)/i.exec(text)?.[1];
}

/** "Did any service double?": the groups whose change reaches that, or the one that came nearest. */
export function anyLead(output: CostComparison, question: Question, at: number): string {
  const { text, form, change } = question;
  if (!form?.yesNo || !/\bany(?:thing)?\b/i.test(text)) return "";
  const side = change === "decreases" || form.claims === "less" ? "decreases" : "increases";
  const factor = factorOf(text);
  const rows = output[side]
    .map((row, index) => ({ row, pointer: `/${side}/${index}` }))
    .filter(({ row }) => row.key !== "" && (!factor || row.changePercent !== null));
  const many = word(
    groupingName({ dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) }, true),
  );
  const between = `from ${periodPhrase(output.base.period)} to ${periodPhrase(output.current.period)}`;
  const reached = rows.filter(({ row }) => !factor || decimal(row.changePercent!).abs().gte(factor));
  const told = ({ row, pointer }: (typeof rows)[number]) =>
    `${word(row.label)} (${ref(at, `${pointer}/change`, "signed")}${isTelling(row.changePercent) ? `, ${ref(at, `${pointer}/changePercent`, "signed")}` : ""})`;
  if (reached.length > 0) return `**Yes**: ${join(reached.slice(0, LINES).map(told))} ${between}.\n`;
  const [nearest] = rows.sort((a, b) =>
    decimal(b.row.changePercent ?? "0")
      .abs()
      .cmp(decimal(a.row.changePercent ?? "0").abs()),
  );
  const next = nearest ? `; the nearest is ${told(nearest)}` : "";
  return `**No**: none of the ${many} changed by that much ${between}${next}.\n`;
}
