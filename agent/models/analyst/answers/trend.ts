import type { CostTrend } from "@cloudoptima/tools/costs/trend-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { costInput, groupInput } from "./cost-input.ts";
import { passingPoints, stepsOverThreshold } from "./over-threshold.ts";
import { verdict } from "./verdict.ts";
import { writeWeekdays } from "./weekdays.ts";
import { basis, formula, isTelling, join, next, periodPhrase, ref, sayError, scope, word } from "./write.ts";

const steps = { daily: "day", weekly: "week", monthly: "month" } as const;
const adjectives = { daily: "Daily", weekly: "Weekly", monthly: "Monthly" } as const;

/** How cost developed: level, direction, highest and lowest point. */
export function answerTrend(thinking: Thinking): Thought {
  const { question, results, today } = thinking;
  if (results.length === 0) return { calls: [{ name: "get_cost_trend", input: trendInput(question) }] };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as CostTrend;
  const at = result.call;
  if (output.statistics.length === 0) {
    return {
      say: `No cost was found${scope(question)} in ${periodPhrase(output.period)}. ${basis(output, question, today)}\n`,
    };
  }
  const byWeekday = question.weekdays && writeWeekdays(result, { ...thinking, question });
  if (byWeekday) return { say: byWeekday };
  const step = steps[output.granularity];
  const note = basis(output, question, today);
  const lines = output.statistics.map((statistic, index) => {
    const base = `/statistics/${index}`;
    const rising = decimal(statistic.change.value);
    const lead = question.threshold
      ? stepsOverThreshold(output, question, at, step)
      : asksForExtreme(question)
        ? extremeLead(output, question, statistic, base, at, step)
        : `${verdict(question, rising.gt(0), rising.isZero())}${adjectives[output.granularity]} cost averaged **${ref(at, `${base}/average`)}**${scope(question)} in ${periodPhrase(output.period)}, in total **${ref(at, `/total/${totalIndex(output, statistic.currency)}`)}**, ${direction(rising, base, statistic, at)}`;
    if (output.groupBy) return `${lead}. ${note}\n`;
    const every = listsPoints(output, question) ? pointLines(output, at, step) : undefined;
    return `${lead}. ${note}\n${every ?? (question.threshold ? thresholdDetails(output, question.threshold, at, step) : details(question, statistic, base, at, step))}`;
  });
  const groups = output.groupBy
    ? output.series
        .slice(0, 5)
        .map((series, index) => `- ${word(series.label)}: ${ref(at, `/series/${index}/total`)}\n`)
    : [];
  return {
    say: `${lines.join("\n")}${groups.join("")}${next(
      "Why did it change",
      output.groupBy ? "Show the total only" : "Show it by service",
    )}`,
  };
}

function trendInput(question: Question): Record<string, unknown> {
  const granularity = question.granularity;
  // A month-by-month question needs months: without a period, the last twelve.
  const fallback =
    question.periods.length === 0 && granularity !== "daily" && !/\bwhich day\b/i.test(question.text);
  return {
    ...(fallback ? { period: { words: granularity === "weekly" ? "past 90 days" : "past 12 months" } } : {}),
    ...spanInput(question),
    ...groupInput(question),
    ...(granularity ? { granularity } : {}),
    ...(question.top ? { top: Math.min(question.top, 20) } : {}),
  };
}

/** Several periods ("from June, July and August") are one stretch of time here. */
function spanInput(question: Question): Record<string, unknown> {
  const input = costInput(question);
  if (question.periods.length < 2) return input;
  const starts = question.periods.map(({ period }) => period.start).sort();
  const ends = question.periods.map(({ period }) => period.end).sort();
  return { ...input, period: { start: starts[0], end: ends.at(-1) } };
}

function totalIndex(output: CostTrend, currency: string): number {
  return Math.max(
    0,
    output.total.findIndex((money) => money.currency === currency),
  );
}

type Statistic = CostTrend["statistics"][number];
type Amount = ReturnType<typeof decimal>;

function direction(change: Amount, base: string, statistic: Statistic, at: number): string {
  if (change.isZero()) return "unchanged";
  const from = `${at}:${base}/first/amount`;
  const to = `${at}:${base}/last/amount`;
  const size = change.isNegative() ? formula("difference", [from, to]) : formula("difference", [to, from]);
  const percent = !isTelling(statistic.changePercent)
    ? ""
    : ` (${ref(at, `${base}/changePercent`, "unsigned")})`;
  return `${change.isNegative() ? "down" : "up"} ${size}${percent}`;
}

function asksForExtreme({ text, extreme }: Question): boolean {
  if (extreme) return true;
  return /\b(?:which|what) (?:day|week|month|date)s?\b|\b(?:peak|spike|surge)s?\b|\b(?:highest|lowest|biggest|smallest|max(?:imum)?|min(?:imum)?) (?:daily|weekly|monthly)\b|\b(?:most|least) expensive (?:day|week|month)|\bwhen did we spend (?:the )?most|\b(?:highest|lowest|most|cheapest|costliest|dearest) (?:day|week|month)/i.test(
    text,
  );
}

function isLowestAsked({ text, extreme }: Question): boolean {
  if (extreme) return extreme.order === "least";
  return /\b(?:least|lowest|cheapest|smallest|min(?:imum)?)\b/i.test(text);
}

/** "The 3 most expensive days were A ($5), B ($4) and C ($3)". */
function severalExtremes(
  output: CostTrend,
  isLowest: boolean,
  many: number,
  at: number,
  step: string,
): string {
  const points = output.series[0]!.points.map((point, index) => ({ ...point, index }))
    .filter(({ isPartial }) => !isPartial)
    .sort((a, b) => decimal(b.amount.value).cmp(a.amount.value) * (isLowest ? -1 : 1))
    .slice(0, many);
  const named = points.map(
    (point) => `**${pointName(point, step)}** (${ref(at, `/series/0/points/${point.index}/amount`)})`,
  );
  return `The ${isLowest ? "cheapest" : "most expensive"} ${step}s were ${join(named)}`;
}

function extremeLead(
  output: CostTrend,
  question: Question,
  statistic: Statistic,
  base: string,
  at: number,
  step: string,
): string {
  const isLowest = isLowestAsked(question);
  const many = question.top ?? 1;
  if (many > 1 && many <= 10 && output.series.length === 1)
    return severalExtremes(output, isLowest, many, at, step);
  const point = isLowest ? statistic.lowest : statistic.highest;
  const key = isLowest ? "lowest" : "highest";
  return `The ${isLowest ? "cheapest" : "most expensive"} ${step}${scope(question)} was **${pointName(point, step)}** with **${ref(at, `${base}/${key}/amount`)}**`;
}

function details(question: Question, statistic: Statistic, base: string, at: number, step: string): string {
  const lines = [
    `- first ${step}, ${pointName(statistic.first, step)}: ${ref(at, `${base}/first/amount`)}`,
    `- last ${step}, ${pointName(statistic.last, step)}: ${ref(at, `${base}/last/amount`)}`,
    `- highest, ${pointName(statistic.highest, step)}: ${ref(at, `${base}/highest/amount`)}`,
    `- lowest, ${pointName(statistic.lowest, step)}: ${ref(at, `${base}/lowest/amount`)}`,
  ];
  if (asksForExtreme(question)) {
    const key = isLowestAsked(question) ? "highest" : "lowest";
    return `- average ${step}: ${ref(at, `${base}/average`)}\n- ${key}, ${pointName(statistic[key], step)}: ${ref(at, `${base}/${key}/amount`)}\n`;
  }
  return `${lines.join("\n")}\n`;
}

// A year of months, or a week of days, is read at a glance; more is the chart's.
const MOST_POINTS = 12;

/** "monthly totals for 2026", "per day last week": each is asked for. */
function listsPoints(output: CostTrend, question: Question): boolean {
  const points = output.series[0]?.points.length ?? 0;
  return (
    output.series.length === 1 &&
    question.granularity !== undefined &&
    !question.threshold &&
    !asksForExtreme(question) &&
    points > 1 &&
    points <= MOST_POINTS
  );
}

function pointLines(output: CostTrend, at: number, step: string): string {
  return output.series[0]!.points.map((point, index) => {
    const part = point.isPartial ? ", not whole" : "";
    return `- ${pointName(point, step)}${part}: ${ref(at, `/series/0/points/${index}/amount`)}\n`;
  }).join("");
}

/** The points that pass, biggest first, five at most. */
function thresholdDetails(
  output: CostTrend,
  threshold: NonNullable<Question["threshold"]>,
  at: number,
  step: string,
): string {
  return passingPoints(output, threshold)
    .slice(0, 5)
    .map((point) => `- ${pointName(point, step)}: ${ref(at, `/series/0/points/${point.index}/amount`)}\n`)
    .join("");
}

function pointName(point: { start: string; end: string }, step: string): string {
  return step === "day"
    ? periodPhrase({ start: point.start, end: point.start === point.end ? point.end : addDay(point.start) })
    : periodPhrase(point);
}

function addDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
