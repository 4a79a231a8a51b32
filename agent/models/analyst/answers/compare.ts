import type { CostComparison } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { anyLead, factorOf } from "./any-change.ts";
import { comparedInput, costInput, groupInput } from "./cost-input.ts";
import { dueToLead } from "./due-to.ts";
import { fairPeriods, isHalfCovered } from "./fair-sides.ts";
import { answerLeaderChange } from "./leader-change.ts";
import { verdict } from "./verdict.ts";
import { formula, isTelling, join, next, periodPhrase, ref, sayError, scope, word } from "./write.ts";

// Four lines and what is left of them: five.
const LINES = 4;
// As many changes as the tool lists either way.
const EVERY_CHANGE = 50;

/** Two periods side by side; leads with the groups when the question is which grew. */
export function answerCompare(thinking: Thinking): Thought {
  const { question, results } = thinking;
  if (question.form?.leaderChange) return answerLeaderChange(thinking, answerCompare);
  if (results.length === 0) {
    const input = {
      ...costInput(question),
      ...comparedInput(question),
      ...thanInput(question),
      ...groupInput(question),
      ...(question.dueTo || question.form?.byPercent || namedValues(question)
        ? { top: EVERY_CHANGE }
        : listsAll(question)
          ? { top: 20 }
          : question.top
            ? { top: Math.min(question.top + (question.groupBy?.dimension === "tag" ? 1 : 0), 20) }
            : {}),
    };
    return { calls: [{ name: "compare_costs", input }] };
  }
  const result = results.at(-1)!;
  if (!result.output) return { say: sayError(result) };
  const output = result.output as unknown as CostComparison;
  const isOfAverages = question.measure === "average_per_day";
  const fair = results.length === 1 && !isOfAverages ? fairPeriods(output, question) : undefined;
  if (fair) return { calls: [{ name: "compare_costs", input: { ...result.input, ...fair } }] };
  const at = result.call;
  const isUnpriced = output.costKind === "list" || output.costKind === "contracted";
  if (
    isUnpriced &&
    output.changes.every(
      ({ base, current }) => decimal(base.value).isZero() && decimal(current.value).isZero(),
    )
  )
    return {
      say: `No ${output.costKind} cost was delivered with these costs.${next("Compare the effective cost")}`,
    };
  const lead = `${anyLead(output, question, at)}${changeHeadline(output, question, at)}`;
  const part = dueToLead(output, question, at, lead);
  if (part) return { say: part };
  const asksForGroups =
    question.change !== undefined &&
    /\b(?:which|what|who|biggest|largest|top|new|most|fastest)\b/i.test(question.text);
  const { first, others } = namedValues(question)
    ? { first: asksForGroups ? groupLines(output, question, at).first : "", others: valueLines(output, at) }
    : asksForGroups
      ? groupLines(output, question, at)
      : { first: "", others: bothLines(output, at, question.form?.byPercent === true) };
  return {
    say: `${first}${lead}${others}${next(
      "Why did it change",
      output.groupBy === "service" ? "Compare them by region" : "Compare them by service",
    )}`,
  };
}

/** Two or more named things against the period before: each is told. */
function namedValues({ filters, groupBy }: Question): boolean {
  return filters.some(
    ({ dimension, tagKey, parts, exclude }) =>
      parts && !exclude && dimension === groupBy?.dimension && tagKey === groupBy.tagKey,
  );
}

/** Each row with both its amounts, the dearest first. */
function valueLines(output: CostComparison, at: number): string {
  const rows = [
    ...output.increases.map((row, index) => ({ row, pointer: `/increases/${index}` })),
    ...output.decreases.map((row, index) => ({ row, pointer: `/decreases/${index}` })),
  ].sort((a, b) => decimal(b.row.current.value).cmp(a.row.current.value));
  return rows
    .slice(0, LINES + 1)
    .map(({ row, pointer }) => `- ${changeLine(row, pointer, at)}, to ${ref(at, `${pointer}/current`)}\n`)
    .join("");
}

/** What is new or gone may be small: the biggest changes alone would hide it. */
function listsAll({ change }: Question): boolean {
  return change === "new" || change === "gone";
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
  if (isHalfCovered(output) || question.measure === "average_per_day")
    return perDayHeadline(output, question, at);
  const [now, before] = [periodPhrase(output.current.period), periodPhrase(output.base.period)];
  return output.changes
    .map((total, index) => {
      const base = `/changes/${index}`;
      const change = decimal(total.change.value);
      const figure = `**${ref(at, `${base}/current`)}**${scope(question)}`;
      const size = change.isNegative()
        ? formula("difference", [`${at}:${base}/base`, `${at}:${base}/current`])
        : formula("difference", [`${at}:${base}/current`, `${at}:${base}/base`]);
      const percent = !isTelling(total.changePercent)
        ? ""
        : ` (${ref(at, `${base}/changePercent`, "unsigned")})`;
      const said = change.isZero()
        ? `, the same as ${before}`
        : `, **${size}${percent} ${change.isNegative() ? "less" : "more"}** than ${before}`;
      return `${verdictOfChange(question, change)}${now} cost ${figure}${said}, which cost ${ref(at, `${base}/base`)}. ${comparedBasis(output, base, at)}\n`;
    })
    .join("");
}

/** "Did storage go up?" is answered by the change of the whole, unless groups are asked for. */
function verdictOfChange(question: Question, change: ReturnType<typeof decimal>): string {
  // "did any service double" is about the groups.
  return (question.groupBy && /\b(?:which|what|any)\b/i.test(question.text)) || factorOf(question.text)
    ? ""
    : verdict(question, isEarlierFirst(question) ? change.lt(0) : change.gt(0), change.isZero());
}

/** "was May dearer than June": the claim is of the one said first, while the headline tells the later one. */
function isEarlierFirst({ periods, text }: Question): boolean {
  const [first, second] = periods;
  return periods.length === 2 && first!.period.start < second!.period.start && /\bthan\b/i.test(text);
}

/** Sides that the data covers unequally are compared by their days; their totals would compare days with no days. */
function perDayHeadline(
  output: Pick<CostComparison, "base" | "current" | "changes" | "costKind" | "isSameLength">,
  question: Question,
  at: number,
): string {
  const [now, before] = [periodPhrase(output.current.period), periodPhrase(output.base.period)];
  return output.changes
    .map(({ currentPerDay, basePerDay, perDayChangePercent }, index) => {
      const base = `/changes/${index}`;
      const isLess = decimal(currentPerDay.value).lt(basePerDay.value);
      const sides = [`${at}:${base}/currentPerDay`, `${at}:${base}/basePerDay`];
      const size = formula("difference", isLess ? sides.reverse() : sides);
      const percent = isTelling(perDayChangePercent)
        ? ` (${ref(at, `${base}/perDayChangePercent`, "unsigned")})`
        : "";
      const said = decimal(currentPerDay.value).eq(basePerDay.value)
        ? `the same as ${before}`
        : `**${size}${percent} ${isLess ? "less" : "more"}** than ${before} (${ref(at, `${base}/basePerDay`)})`;
      const totals = `The totals, ${ref(at, `${base}/current`)} and ${ref(at, `${base}/base`)}, are of unequal days.`;
      const change = decimal(currentPerDay.value).minus(basePerDay.value);
      return `${verdictOfChange(question, change)}Per day ${now} cost **${ref(at, `${base}/currentPerDay`)}**${scope(question)}, ${said}. ${comparedBasis({ ...output, isSameLength: true }, base, at)}\n${totals}\n`;
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

/** The biggest changes either way, four of them, and what is left of the change. */
function bothLines(output: CostComparison, at: number, isByPercent: boolean): string {
  if (isHalfCovered(output)) return "";
  const rows = [
    ...output.increases.map((row, index) => ({ row, pointer: `/increases/${index}` })),
    ...output.decreases.map((row, index) => ({ row, pointer: `/decreases/${index}` })),
  ].sort(
    isByPercent
      ? byPercent
      : (a, b) => decimal(b.row.change.value).abs().cmp(decimal(a.row.change.value).abs()),
  );
  const isOneCurrency = output.changes.length === 1;
  const hasRest = output.otherChange.some(({ value }) => !decimal(value).isZero());
  const most = rows.length === LINES + 1 && !hasRest ? LINES + 1 : LINES;
  const shown = rows.slice(0, most).map(({ row, pointer }) => `- ${changeLine(row, pointer, at)}\n`);
  const left = [
    ...(isOneCurrency ? rows.slice(most).map(({ pointer }) => `${at}:${pointer}/change`) : []),
    ...output.otherChange.flatMap(({ value }, index) =>
      decimal(value).isZero() ? [] : [`${at}:/otherChange/${index}`],
    ),
  ];
  if (left.length === 0) return shown.join("");
  if (!isOneCurrency)
    return `${shown.join("")}${left.map((each) => `- everything not shown: {{${each}|signed}}\n`).join("")}`;
  const sum = left.length === 1 ? `{{${left[0]}|signed}}` : formula("sum", left, "signed");
  return `${shown.join("")}- everything else: ${sum}\n`;
}

type ChangeRow = CostComparison["increases"][number];

/** The steepest first; from next to nothing no percentage tells anything. */
function byPercent(a: { row: ChangeRow }, b: { row: ChangeRow }): number {
  const steep = ({ row }: { row: ChangeRow }) =>
    isTelling(row.changePercent) ? decimal(row.changePercent).abs() : decimal(-1);
  return steep(b).cmp(steep(a));
}

function groupLines(
  output: CostComparison,
  question: Question,
  at: number,
): { first: string; others: string } {
  const group = groupingName(
    { dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) },
    true,
  );
  const between = `from ${periodPhrase(output.base.period)} to ${periodPhrase(output.current.period)}`;
  const status = question.change === "new" || question.change === "gone" ? question.change : undefined;
  const side = question.change === "decreases" || question.change === "gone" ? "decreases" : "increases";
  const rows = output[side]
    .map((row, index) => ({ row, pointer: `/${side}/${index}` }))
    // What has no name is no answer to "which team".
    .filter(({ row }) => (!status || row.status === status) && row.key !== "")
    .sort(question.form?.byPercent && output[side].length < EVERY_CHANGE ? byPercent : () => 0)
    .slice(0, question.top ?? 5);
  const what = { new: "new", gone: "gone", increases: "up", decreases: "down" }[
    question.change ?? "increases"
  ];
  if (rows.length === 0) return { first: `None of the ${word(group)} is ${what} ${between}.\n`, others: "" };
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
  return {
    first: lead,
    others: rows
      .slice(1)
      .map(({ row, pointer }) => `- ${changeLine(row, pointer, at)}\n`)
      .join(""),
  };
}

function changeLine(
  row: { label: string; changePercent: string | null; status: string },
  pointer: string,
  at: number,
): string {
  const percent = !isTelling(row.changePercent) ? "" : ` (${ref(at, `${pointer}/changePercent`, "signed")})`;
  const status = row.status === "new" || row.status === "gone" ? `, ${row.status}` : "";
  return `${word(row.label)} ${ref(at, `${pointer}/change`, "signed")}${percent}${status}`;
}
