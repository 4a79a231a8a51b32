import type { CostComparison } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { comparedInput, costInput, groupInput } from "./cost-input.ts";
import {
  formula,
  isTelling,
  join,
  next,
  periodPhrase,
  readAsNote,
  ref,
  sayError,
  scope,
  word,
} from "./write.ts";

/** Two periods side by side; leads with the groups when the question is which grew. */
export function answerCompare({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    const input = {
      ...costInput(question),
      ...comparedInput(question),
      ...thanInput(question),
      ...groupInput(question),
      ...(question.top ? { top: Math.min(question.top, 20) } : {}),
    };
    return { calls: [{ name: "compare_costs", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as CostComparison;
  const at = result.call;
  const lead = changeHeadline(output, question, at);
  const asksForGroups =
    question.change !== undefined &&
    /\b(?:which|what|who|biggest|largest|top|new|most|fastest)\b/i.test(question.text);
  const lines = asksForGroups ? groupLines(output, question, at) : bothLines(output, at);
  return {
    say: `${readAsNote(question)}${asksForGroups ? `${lines}${lead}` : `${lead}${lines}`}${next(
      "Why did it change",
      output.groupBy === "service" ? "Compare them by region" : "Compare them by service",
    )}`,
  };
}

/** "more than last month": this month so far against the same days of the last one. */
function thanInput({ text, periods }: Question): Record<string, unknown> {
  const kind = /\bthan\s+(?:in\s+|the\s+)?(?:last|previous)\s+(week|month|quarter|year)\b/i.exec(text)?.[1];
  return kind && periods.length === 1 ? { period: { words: `this ${kind.toLowerCase()}` } } : {};
}

/** "October cost $110,238, $826 (0.7 %) more than September. (…)" for each currency. */
export function changeHeadline(
  output: Pick<CostComparison, "base" | "current" | "changes" | "costKind" | "isSameLength">,
  question: Question,
  at: number,
): string {
  const [now, before] = [periodPhrase(output.current.period), periodPhrase(output.base.period)];
  return output.changes
    .map((total, index) => {
      const base = `/changes/${index}`;
      const change = decimal(total.change.value);
      const figure = `**${ref(at, `${base}/current`)}**${scope(question)}`;
      const size = change.isNegative()
        ? formula("difference", [`${at}:${base}/base`, `${at}:${base}/current`])
        : formula("difference", [`${at}:${base}/current`, `${at}:${base}/base`]);
      const percent = !isTelling(total.changePercent) ? "" : ` (${ref(at, `${base}/changePercent`)})`;
      const said = change.isZero()
        ? `, the same as ${before}`
        : `, **${size}${percent} ${change.isNegative() ? "less" : "more"}** than ${before}`;
      return `${now} cost ${figure}${said}, which cost ${ref(at, `${base}/base`)}. ${comparedBasis(output, base, at)}\n`;
    })
    .join("");
}

function comparedBasis(
  output: Pick<CostComparison, "base" | "current" | "costKind" | "isSameLength" | "changes">,
  base: string,
  at: number,
): string {
  const kind = output.costKind === "list" ? "list price" : `${output.costKind} cost`;
  const notes = [output.current.coverage.note, output.base.coverage.note].filter(Boolean);
  const days = `${periodInWords(output.current.period)} vs ${periodInWords(output.base.period)}`;
  const fair = output.isSameLength
    ? ""
    : `; the periods have different lengths: per day it was ${ref(at, `${base}/currentPerDay`)} after ${ref(at, `${base}/basePerDay`)}`;
  return `*(${kind}, ${days}${notes.length > 0 ? `; ${join(notes.map(String))}` : ""}${fair})*`;
}

function bothLines(output: CostComparison, at: number): string {
  const shown = 3;
  const up = output.increases
    .slice(0, shown)
    .map((row, index) => `- ${changeLine(row, `/increases/${index}`, at)}\n`);
  const down = output.decreases
    .slice(0, shown)
    .map((row, index) => `- ${changeLine(row, `/decreases/${index}`, at)}\n`);
  const rest = output.otherChange.flatMap(({ value }, index) =>
    decimal(value).isZero()
      ? []
      : [`- everything not shown: ${ref(at, `/otherChange/${index}`, "signed")}\n`],
  );
  const hidden = [
    ...output.increases.slice(shown).map((_, index) => `${at}:/increases/${index + shown}/change`),
    ...output.decreases.slice(shown).map((_, index) => `${at}:/decreases/${index + shown}/change`),
  ];
  const isOneCurrency = output.changes.length === 1;
  if (hidden.length === 0 || !isOneCurrency) return `${up.join("")}${down.join("")}${rest.join("")}`;
  const all = [...hidden, ...output.otherChange.map((_, index) => `${at}:/otherChange/${index}`)];
  const sum = all.length === 1 ? `{{${all[0]}|signed}}` : formula("sum", all, "signed");
  return `${up.join("")}${down.join("")}- everything else: ${sum}\n`;
}

function groupLines(output: CostComparison, question: Question, at: number): string {
  const group = groupingName(
    { dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) },
    true,
  );
  const between = `from ${periodPhrase(output.base.period)} to ${periodPhrase(output.current.period)}`;
  const status = question.change === "new" || question.change === "gone" ? question.change : undefined;
  const side = question.change === "decreases" || question.change === "gone" ? "decreases" : "increases";
  const rows = output[side]
    .map((row, index) => ({ row, pointer: `/${side}/${index}` }))
    .filter(({ row }) => !status || row.status === status)
    .slice(0, question.top ?? 5);
  const what = { new: "new", gone: "gone", increases: "up", decreases: "down" }[
    question.change ?? "increases"
  ];
  if (rows.length === 0) return `None of the ${word(group)} is ${what} ${between}.\n`;
  const [first] = rows;
  const verb = {
    new: "is new with",
    gone: "is gone; it cost",
    increases: "grew the most",
    decreases: "fell the most",
  }[question.change ?? "increases"];
  const figure =
    status === "gone"
      ? ref(at, `${first!.pointer}/base`)
      : status === "new"
        ? ref(at, `${first!.pointer}/current`)
        : ref(at, `${first!.pointer}/change`, "signed");
  const percent =
    !isTelling(first!.row.changePercent) || status
      ? ""
      : ` (${ref(at, `${first!.pointer}/changePercent`, "signed")})`;
  const lead = `**${word(first!.row.label)}** ${verb}${status ? "" : ","} **${figure}**${percent} ${between}.\n`;
  return (
    lead +
    rows
      .slice(1)
      .map(({ row, pointer }) => `- ${changeLine(row, pointer, at)}\n`)
      .join("")
  );
}

export function changeLine(
  row: { label: string; changePercent: string | null; status: string },
  pointer: string,
  at: number,
): string {
  const percent = !isTelling(row.changePercent) ? "" : ` (${ref(at, `${pointer}/changePercent`, "signed")})`;
  const status = row.status === "new" || row.status === "gone" ? `, ${row.status}` : "";
  return `${word(row.label)} ${ref(at, `${pointer}/change`, "signed")}${percent}${status}`;
}
