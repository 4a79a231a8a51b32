import type { CostTrend } from "@cloudoptima/tools/costs/trend-shapes.ts";
import { type decimal, sumDecimals } from "@cloudoptima/tools/kernel/money.ts";
import type { Thinking } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { basis, formula, next, periodPhrase, scope, word } from "./write.ts";

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

interface Kind {
  name: string;
  pointers: string[];
  mean: ReturnType<typeof decimal>;
}

/** What working days and weekends, or each day of the week, cost on average: from the days of one trend. */
export function writeWeekdays(result: CallResult, { question, today }: Thinking): string | undefined {
  const output = result.output as unknown as CostTrend;
  const [series] = output.series;
  if (output.series.length !== 1 || !series || output.granularity !== "daily") return undefined;
  const nameOf = (day: string) => {
    const weekday = Temporal.PlainDate.from(day).dayOfWeek;
    if (question.weekdays === "each") return dayNames[weekday - 1]!;
    return weekday > 5 ? "weekend day" : "weekday";
  };
  const points = series.points.map(({ start, amount }, index) => ({ name: nameOf(start), amount, index }));
  const kinds = [...Map.groupBy(points, ({ name }) => name)].map(
    ([name, own]): Kind => ({
      name,
      pointers: own.map(({ index }) => `${result.call}:/series/0/points/${index}/amount`),
      mean: sumDecimals(own.map(({ amount }) => amount.value)).dividedBy(own.length),
    }),
  );
  // The kind that was named comes first, else the dearer.
  const place = ({ name }: Kind) => {
    const found = question.text.toLowerCase().indexOf(name.slice(0, 7).toLowerCase());
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  };
  const isOne =
    question.weekdays === "ends" && kinds.some((kind) => place(kind) === Number.POSITIVE_INFINITY);
  kinds.sort((a, b) => (isOne ? place(a) - place(b) : 0) || b.mean.cmp(a.mean));
  if (question.extreme?.order === "least" || question.order === "least") kinds.reverse();
  const said = kinds.filter(({ name }) => isAsked(name, question.text));
  const shown = said.length > 0 ? said : kinds;
  const [first, ...others] = shown;
  if (!first) return undefined;
  const where = `${scope(question)} in ${periodPhrase(output.period)}`;
  const lines = others.map((kind) => `- a ${word(kind.name)}: ${average(kind)} on average\n`);
  const sums = question.weekdays === "ends" ? shown.flatMap((kind) => sumLine(kind)) : [];
  return `A **${word(first.name)}** cost **${average(first)}** on average${where}. ${basis(output, question, today)}\n${lines.join("")}${sums.join("")}${next("Show it day by day")}`;
}

/** "on Mondays": only the days named; of working days and weekends both are told. */
function isAsked(name: string, text: string): boolean {
  return dayNames.includes(name) && new RegExp(`\\b${name}s?\\b`, "i").test(text);
}

function average({ pointers }: Kind): string {
  return pointers.length === 1 ? `{{${pointers[0]}}}` : formula("mean", pointers);
}

function sumLine({ name, pointers }: Kind): string[] {
  return pointers.length > 1 ? [`- all ${word(name)}s together: ${formula("sum", pointers)}\n`] : [];
}
