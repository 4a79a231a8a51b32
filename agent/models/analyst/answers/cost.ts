import type { CostBreakdown, CostRow } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { answerAverage } from "./average.ts";
import { chargeLead } from "./charge-lead.ts";
import { costInput, groupInput } from "./cost-input.ts";
import { writeKinds } from "./cost-kinds.ts";
import { answerDearestEach } from "./dearest-each.ts";
import { freeRows, leadRow } from "./lead-row.ts";
import { leaderClaim } from "./leader-claim.ts";
import { isAboutTotal, passes, thresholdLead, totalThresholdLead } from "./over-threshold.ts";
import { answerSearch } from "./search.ts";
import { shareSubject, writeShare } from "./share.ts";
import { versusGap, versusLead, versusTotals } from "./versus.ts";
import { basis, eachMoney, formula, join, next, periodPhrase, ref, sayError, scope, word } from "./write.ts";

// Four rows and what is left of them: five lines.
const LINES = 4;
const EVERY_ROW = 100;

/** "What did we spend …", in total or by something: one breakdown for each period named. */
export function answerCost(thinking: Thinking): Thought {
  const { question, results } = thinking;
  if (question.measure === "average_per_month" || question.measure === "average_per_day")
    return answerAverage(thinking);
  if (question.dearestOfEach) return answerDearestEach(thinking);
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
  // The tool's own month has none of it: the year may.
  if (results.length === 1 && isMissing(results[0]!, question))
    return {
      calls: inputs(question).map((input) => ({
        name: "get_cost_breakdown",
        // To yesterday: the month that runs may have it.
        input: {
          ...input,
          period: { start: thinking.today.subtract({ years: 1 }).toString(), end: thinking.today.toString() },
        },
      })),
    };
  if (results.length === 2 && isMissing(results[0]!, question) && results[1]!.output)
    return { say: writeBreakdown(results[1]!, thinking, false) };
  // Credits may cover all of it: what the invoice says tells more than nothing.
  if (results.length === 1 && isFree(results[0]!, question))
    return {
      calls: inputs({ ...question, costKind: "billed" }).map((input) => ({
        name: "get_cost_breakdown",
        input,
      })),
    };
  const sides = versusTotals(results[0]!.output as unknown as CostBreakdown, question);
  if (sides && results.length === 1)
    return {
      calls: sides.map((filters) => ({
        name: "get_cost_breakdown",
        input: costInput({ ...question, filters }),
      })),
    };
  if (sides && results.length === 3) {
    const said = writeBreakdown(results[0]!, thinking, false);
    const end = said.indexOf("\n") + 1;
    return { say: `${said.slice(0, end)}${versusGap(results.slice(1), question)}${said.slice(end)}` };
  }
  const isShort = question.periods.length > 1 || question.costKinds !== undefined;
  const [first] = results;
  if (question.costKinds?.length === 2 && first && results.length === 2)
    return { say: writeKinds(results, thinking) };
  if (results.length === 2 && isFree(results[0]!, question)) return { say: writeFree(results, thinking) };
  const each = results.map((result) => writeBreakdown(result, thinking, isShort));
  return { say: `${each.join("")}${togetherLine(results, question)}` };
}

/** No row of what was asked for in the month that the tool chose. */
function isMissing({ output }: CallResult, { periods, filters, costKinds, alsoBy }: Question): boolean {
  const { rows } = output as unknown as CostBreakdown;
  return rows.length === 0 && periods.length === 0 && filters.length > 0 && !costKinds && !alsoBy;
}

/** The effective cost is nothing in every currency, and the person named no kind of cost. */
function isFree(
  { output }: CallResult,
  { costKind, costKinds, periods, alsoBy, measure }: Question,
): boolean {
  const { total, rows } = output as unknown as CostBreakdown;
  if (costKind || costKinds || alsoBy || periods.length > 1 || measure !== "amount") return false;
  return rows.length > 0 && total.length > 0 && total.every(({ value }) => decimal(value).isZero());
}

/** Nothing effectively, and what the invoice says for the same. */
function writeFree(results: readonly CallResult[], thinking: Thinking): string {
  const [effective, billed] = results as [CallResult, CallResult];
  const lead = writeBreakdown(
    effective,
    { ...thinking, question: { ...thinking.question, form: undefined } },
    true,
  );
  const { total } = billed.output as unknown as CostBreakdown;
  if (total.every(({ value }) => decimal(value).isZero())) return lead;
  const no = thinking.question.form?.yesNo ? "**No**, not effectively: " : "";
  const figures = join(eachMoney(billed.call, "/total", total).map((figure) => `**${figure}**`));
  return `${no}${lead.split("\nNext: ")[0]!.trimEnd()}\nAs billed it was ${figures}: credits or discounts cover it.\n${next("The same as billed", "What did we spend by service")}`;
}

/** What several periods come to, when none of their days counts twice. */
function togetherLine(results: readonly CallResult[], { periods, costKinds, alsoBy }: Question): string {
  if (periods.length < 2 || costKinds || alsoBy) return "";
  const outputs = results.map(({ output }) => output as unknown as CostBreakdown);
  const days = outputs.map(({ period }) => period).sort((a, b) => (a.start < b.start ? -1 : 1));
  const overlap = days.some(({ start }, index) => index > 0 && start < days[index - 1]!.end);
  if (overlap || outputs.some(({ total }) => total.length !== 1)) return "";
  return `Together they cost **${formula(
    "sum",
    results.map(({ call }) => `${call}:/total/0`),
  )}**.\n`;
}

function inputs(question: Question): Record<string, unknown>[] {
  const periods = question.periods.length > 1 ? question.periods.slice(0, 4) : [undefined];
  const { groupBy, filters } = grouped(question);
  const wantsAll =
    question.order === "least" ||
    question.threshold !== undefined ||
    question.wantsCount ||
    question.rank !== undefined ||
    question.claimedLeader !== undefined ||
    question.coverage !== undefined ||
    question.measure === "share" ||
    question.form?.bothEnds ||
    question.versus;
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
    return `No cost was found${scope(question)} in ${when}. ${note}\n${next("What did we spend by service", "Is the data up to date")}`;
  }
  if (output.total.every(({ value }) => decimal(value).isZero())) {
    const lacksPrices = output.costKind === "list" || output.costKind === "contracted";
    const why = lacksPrices
      ? ` The data carries no ${output.costKind === "list" ? "list prices" : "contracted prices"} for it.`
      : "";
    return `${when} cost ${total}${scope(question)}.${why} ${note}\n${next(output.costKind !== "billed" && "The same as billed", "What did we spend by service")}`;
  }
  if (shareSubject(question)) return writeShare(result, output, thinking);
  const passing = passingRows(output, question);
  const said =
    chargeLead(output, question, at) ??
    leaderClaim(output, question, at) ??
    totalThresholdLead(output, question, at) ??
    versusLead(output, question, at) ??
    coverageLead(output, question, at) ??
    (question.threshold
      ? thresholdLead(output, question, at, passing)
      : `${when} cost ${total}${scope(question)}${countWords(output, question, at)}${leadRow(output, question, at)}`);
  const lead = `${said}. ${note}\n`;
  if (isOneOfMany) return lead;
  if (isAboutTotal(question)) return `${lead}${nextSteps(output, question)}`;
  const { lines, left } = rowLines(output, question, at, passing);
  const perThing = /\b(?:average|avg)\b/i.test(question.text)
    ? "*(an average for each is not worked out; these are the amounts)*\n"
    : "";
  const free = question.groupBy && question.order === "least" ? freeRows(output) : "";
  return `${lead}${perThing}${lines}${left}${free}${chargesLine(output, at, question.filters)}${nextSteps(output, question)}`;
}

/** Rows that the answer is about: those on the asked side of a threshold, and none that is nothing. */
function passingRows(output: CostBreakdown, { threshold }: Question): number[] {
  return output.rows.flatMap(({ amount }, index) =>
    !decimal(amount.value).isZero() && (!threshold || passes(amount.value, threshold)) ? [index] : [],
  );
}

/** " in **5** regions": how many groups there are, as far as they cost anything. */
function countWords(output: CostBreakdown, question: Question, at: number): string {
  const rows = passingRows(output, question).filter((index) => output.rows[index]!.key !== "");
  if (!question.wantsCount || rows.length === 0 || output.total.length !== 1) return "";
  const count = formula(
    "count",
    rows.map((index) => `${at}:/rows/${index}/amount`),
  );
  const more = output.otherCount > 0 ? "at least " : "";
  return ` in ${more}**${count}** ${word(rows.length === 1 ? manyOf(output, false) : manyOf(output))}`;
}

/** "**3** services make up **83 %** of …": as many of the dearest rows as reach the share that was asked for. */
function coverageLead(output: CostBreakdown, question: Question, at: number): string | undefined {
  if (!question.coverage || output.total.length !== 1) return undefined;
  const reached: number[] = [];
  let sum = decimal(0);
  for (const [index, { sharePercent }] of output.rows.entries()) {
    if (sharePercent === null || sum.gte(question.coverage)) break;
    reached.push(index);
    sum = sum.plus(sharePercent);
  }
  if (reached.length < 2 || sum.lt(question.coverage)) return undefined;
  const count = formula(
    "count",
    reached.map((index) => `${at}:/rows/${index}/amount`),
  );
  const share = formula(
    "sum",
    reached.map((index) => `${at}:/rows/${index}/sharePercent`),
  );
  return `**${count}** ${word(manyOf(output))} make up **${share}** of ${periodPhrase(output.period)}'s {{${at}:/total/0}}${scope(question)}`;
}

function rowLines(
  output: CostBreakdown,
  question: Question,
  at: number,
  passing: readonly number[],
): { lines: string; left: string } {
  // A row of nothing says nothing; the rest's sum still holds it.
  let rows = passing.map((index) => ({ row: output.rows[index]!, index }));
  const { threshold, order } = question;
  if (order === "least") rows.reverse();
  const wantsMany = threshold !== undefined || /\b(?:list|name|enumerate|all|every)\b/i.test(question.text);
  // Of "the top 3 teams" what has no team is none; it is part of everything else.
  if (question.top && (output.groupBy === "tag" || order === "least"))
    rows = rows.filter(({ row }) => row.key !== "");
  const isWholeShown = rows.length === LINES + 1 && output.otherCount === 0;
  const most = question.top ?? (wantsMany ? 10 : isWholeShown ? LINES + 1 : LINES);
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

/** What of the total is no plain usage is said, because it hides in it; what nobody used in a sentence of its own. */
function chargesLine(output: CostBreakdown, at: number, filters: Question["filters"]): string {
  if (isOfCharges(output.groupBy) || filters.some(({ dimension }) => isOfCharges(dimension))) return "";
  const named = output.charges.map((charge, index) => ({
    ...charge,
    amount: ref(at, `/charges/${index}/amount`),
  }));
  const unused = named.filter(({ kind }) => kind === "unused_commitment");
  const others = named.filter(({ kind }) => kind !== "unused_commitment");
  return [
    ...unused.map(
      ({ amount }) => `\nOf it ${amount} is for reservations and savings plans that nobody used.\n`,
    ),
    others.length > 0
      ? `\nIncluded: ${join(others.map(({ label, amount }) => `${word(label)} ${amount}`))}.\n`
      : "",
  ].join("");
}

const isOfCharges = (dimension: string) => dimension === "charge_category" || dimension === "charge_kind";

function nextSteps(output: CostBreakdown, question: Question): string {
  const top = output.rows[0];
  const other = output.groupBy === "region" ? "service" : "region";
  return next(
    `Break it down by ${other}`,
    "Why did it change from the month before",
    output.groupBy === "service" && top && !question.filters.length && `Show ${word(top.label)} day by day`,
  );
}

function manyOf(output: CostBreakdown, many = true): string {
  return groupingName(
    { dimension: output.groupBy, ...(output.tagKey ? { tagKey: output.tagKey } : {}) },
    many,
  );
}
