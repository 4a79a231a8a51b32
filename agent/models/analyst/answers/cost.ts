import type { CostBreakdown, CostRow } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { answerAverage } from "./average.ts";
import { costInput, groupInput } from "./cost-input.ts";
import { writeKinds } from "./cost-kinds.ts";
import { answerSearch } from "./search.ts";
import { shareSubject, writeShare } from "./share.ts";
import {
  basis,
  eachMoney,
  formula,
  join,
  next,
  periodPhrase,
  readAsNote,
  ref,
  sayError,
  scope,
  word,
} from "./write.ts";

const LINES = 5;
const EVERY_ROW = 100;

/** "What did we spend …", in total or by something: one breakdown for each period named. */
export function answerCost(thinking: Thinking): Thought {
  const { question, results } = thinking;
  if (question.measure === "average_per_month" || question.measure === "average_per_day")
    return answerAverage(thinking);
  if (question.dearestOfType) {
    const [found] = results;
    if (!found) return answerSearch(thinking);
    // An estate that nobody scanned: the bill tells instead.
    if (found.name === "search_resources" && (found.output?.totalCount ?? 0) !== 0)
      return answerSearch(thinking);
    if (results.length === 1) {
      return { calls: inputs(question).map((input) => ({ name: "get_cost_breakdown", input })) };
    }
    return answerCost({
      ...thinking,
      question: { ...question, dearestOfType: false },
      results: results.slice(1),
    });
  }
  if (results.length === 0)
    return { calls: inputs(question).map((input) => ({ name: "get_cost_breakdown", input })) };
  const failed = results.find(({ error }) => error !== undefined);
  if (failed) return { say: sayError(failed) };
  const isShort = question.periods.length > 1 || question.costKinds !== undefined;
  const [first] = results;
  if (question.costKinds?.length === 2 && first && results.length === 2)
    return { say: writeKinds(results, thinking) };
  return { say: results.map((result) => writeBreakdown(result, thinking, isShort)).join("\n") };
}

function inputs(question: Question): Record<string, unknown>[] {
  const periods = question.periods.length > 1 ? question.periods.slice(0, 4) : [undefined];
  const { groupBy, filters } = grouped(question);
  const wantsAll =
    question.order === "least" || question.threshold !== undefined || question.measure === "share";
  const kinds = question.costKinds ?? [question.costKind];
  const groups = [groupBy, ...(question.alsoBy ? [question.alsoBy] : [])];
  const variants = periods.flatMap((period) =>
    kinds.flatMap((costKind) => groups.map((group) => ({ period, costKind, group }))),
  );
  return variants.slice(0, 6).map(({ period, costKind, group }) => ({
    ...costInput({ ...question, costKind, ...(period ? { periods: [period] } : {}) }, { filters }),
    ...groupInput({ ...question, groupBy: group }),
    ...(wantsAll
      ? { top: EVERY_ROW }
      : question.top
        ? { top: question.top + (group?.dimension === "tag" ? 1 : 0) }
        : {}),
  }));
}

/** A share is read from the whole: the filter becomes the grouping. One service is shown by its resources. */
function grouped(question: Question): Pick<Question, "groupBy" | "filters"> {
  const { groupBy, filters, measure } = question;
  const subject = shareSubject(question);
  if (measure === "share" && subject) {
    return {
      groupBy: { dimension: subject.dimension, ...(subject.tagKey ? { tagKey: subject.tagKey } : {}) },
      filters: filters.filter((filter) => filter !== subject),
    };
  }
  const pinned = filters.some(
    ({ dimension, values, exclude }) => dimension === "service" && values.length === 1 && !exclude,
  );
  return { groupBy: groupBy ?? (pinned ? { dimension: "resource" } : undefined), filters };
}

function writeBreakdown(result: CallResult, thinking: Thinking, isOneOfMany: boolean): string {
  const { question, today } = thinking;
  const output = result.output as unknown as CostBreakdown;
  const at = result.call;
  const when = periodPhrase(output.period);
  const note = basis(output, question, today);
  const total = join(eachMoney(at, "/total", output.total).map((figure) => `**${figure}**`));
  if (output.rows.length === 0 || output.total.length === 0) {
    return `${readAsNote(question)}No cost was found${scope(question)} in ${when}. ${note}\n${next("What did we spend by service", "Is the data up to date")}`;
  }
  if (output.total.every(({ value }) => decimal(value).isZero())) {
    const lacksPrices = output.costKind === "list" || output.costKind === "contracted";
    const why = lacksPrices
      ? ` The data carries no ${output.costKind === "list" ? "list prices" : "contracted prices"} for it.`
      : "";
    return `${readAsNote(question)}${when} cost ${total}${scope(question)}.${why} ${note}\n${next(output.costKind !== "billed" && "The same as billed", "What did we spend by service")}`;
  }
  if (shareSubject(question)) return writeShare(result, output, thinking);
  const lead = `${readAsNote(question)}${when} cost ${total}${scope(question)}${leadRow(output, question, at)}. ${note}\n`;
  if (isOneOfMany) return lead;
  const { lines, left } = rowLines(output, question, at);
  const perThing = /\b(?:average|avg)\b/i.test(question.text)
    ? "*(an average for each is not worked out; these are the amounts)*\n"
    : "";
  return `${lead}${perThing}${lines}${left}${apartLine(output, at)}${nextSteps(output, question)}`;
}

function leadRow(output: CostBreakdown, question: Question, at: number): string {
  if (output.rows.length < 2 || question.threshold) return "";
  const ordered = output.rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => !decimal(row.amount.value).isZero());
  if (question.order === "least") ordered.reverse();
  const asksForOne =
    question.groupBy &&
    /\b(?:which|who|most expensive|costliest|dearest|priciest|biggest|largest|highest|top|cheapest|smallest|lowest|least)\b/i.test(
      question.text,
    );
  const [first] = ordered;
  if (!first) return "";
  // "(untagged)" is no answer to "who": the first with a name is, and what has none is said beside it.
  const named = asksForOne ? (ordered.find(({ row }) => row.key !== "") ?? first) : first;
  const figure = `${ref(at, `/rows/${named.index}/amount`)}${named.row.share === null ? "" : `, ${ref(at, `/rows/${named.index}/sharePercent`)}`}`;
  const label = word(named.row.label);
  if (asksForOne) {
    const nameless =
      named === first ? "" : `; ${ref(at, `/rows/${first.index}/amount`)} is ${word(first.row.label)}`;
    return `; the ${question.order} went to **${label}** (${figure})${nameless}`;
  }
  const isMost = named.row.share !== null && decimal(named.row.share).gte("0.5");
  return isMost ? `, most of it ${label} (${figure})` : `, led by ${label} (${figure})`;
}

function rowLines(output: CostBreakdown, question: Question, at: number): { lines: string; left: string } {
  let rows = output.rows.map((row, index) => ({ row, index }));
  const { threshold, order } = question;
  if (threshold) {
    rows = rows.filter(({ row }) => {
      const amount = decimal(row.amount.value);
      return threshold.over ? amount.gt(threshold.amount) : amount.lt(threshold.amount);
    });
    if (rows.length === 0) {
      return {
        lines: `None of the ${word(manyOf(output))} is ${threshold.over ? "over" : "under"} the amount you asked for.\n`,
        left: "",
      };
    }
  }
  // A row of nothing says nothing; the rest's sum still holds it.
  rows = rows.filter(({ row }) => !decimal(row.amount.value).isZero());
  if (order === "least") rows.reverse();
  const wantsMany = threshold !== undefined || /\bhow many\b|\ball\b|\bevery\b/i.test(question.text);
  // Of "the top 3 teams" what has no team is none; it is part of everything else.
  if (question.top && output.groupBy === "tag") rows = rows.filter(({ row }) => row.key !== "");
  const most = question.top ?? (wantsMany ? 10 : LINES);
  const shown = rows.slice(0, most);
  const lines = shown.map(({ row, index }) => `- ${rowLine(row, index, at)}\n`).join("");
  const isWhole = !threshold && order === "most";
  const left = isWhole ? otherLine(output, new Set(shown.map(({ index }) => index)), at) : "";
  const lacks =
    order === "least" && output.otherCount > 0 ? "*(of the dearest rows; the rest is smaller still)*\n" : "";
  return { lines, left: left + lacks };
}

function rowLine(row: CostRow, index: number, at: number): string {
  const share = row.share === null ? "" : ` (${ref(at, `/rows/${index}/sharePercent`)})`;
  return `${word(row.label)}: ${ref(at, `/rows/${index}/amount`)}${share}`;
}

/** What the lines leave out, so that they add up to the total: rows not shown and the tool's own rest. */
function otherLine(output: CostBreakdown, shown: ReadonlySet<number>, at: number): string {
  const parts = output.total.flatMap(({ currency }) => {
    const rest = output.rows.flatMap((row, index) =>
      !shown.has(index) && row.amount.currency === currency ? [`${at}:/rows/${index}/amount`] : [],
    );
    const other = output.other.flatMap((money, index) =>
      money.currency === currency ? [`${at}:/other/${index}`] : [],
    );
    const all = [...rest, ...other];
    if (all.length === 0) return [];
    if (restIsNothing(output, shown, currency)) return [];
    return [all.length === 1 ? `{{${all[0]}}}` : formula("sum", all)];
  });
  return parts.length > 0 ? `- everything else: ${join(parts)}\n` : "";
}

function restIsNothing(output: CostBreakdown, shown: ReadonlySet<number>, currency: string): boolean {
  const rows = output.rows.filter((_, index) => !shown.has(index)).map(({ amount }) => amount);
  return [...rows, ...output.other].every(
    (money) => money.currency !== currency || decimal(money.value).isZero(),
  );
}

/** Credits and taxes inside the total are said, because they hide in it. */
function apartLine(output: CostBreakdown, at: number): string {
  if (output.groupBy === "charge_category" || output.apart.length === 0) return "";
  const parts = output.apart.map(
    ({ chargeCategory }, index) =>
      `${word(chargeCategory.toLowerCase())} ${ref(at, `/apart/${index}/amount`)}`,
  );
  return `\nIncluded: ${join(parts)}.\n`;
}

function nextSteps(output: CostBreakdown, question: Question): string {
  const top = output.rows[0];
  const other = output.groupBy === "region" ? "service" : "region";
  return next(
    `Break it down by ${other}`,
    "Why did it change from the month before",
    output.groupBy === "service" && top && !question.filters.length && `Show ${word(top.label)} day by day`,
  );
}

function manyOf(output: CostBreakdown): string {
  return groupingName(
    { dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) },
    true,
  );
}
