import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal, sumDecimals } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { CallResult } from "../turn.ts";
import { verdict } from "./verdict.ts";
import { formula, periodPhrase, word } from "./write.ts";

interface Side {
  name: string;
  pointers: string[];
  amount: string;
}

/** "**A** cost $5, $2 more than B ($3)": two things against each other, the dearer first, each with all its rows. */
export function versusLead(output: CostBreakdown, question: Question, at: number): string | undefined {
  if (!question.versus || output.total.length !== 1 || output.otherCount > 0) return undefined;
  const sides = sidesOf(output, question, at);
  if (sides?.length !== 2) return undefined;
  const [a, b] = sides as [Side, Side];
  const order = decimal(a.amount).cmp(b.amount);
  const when = periodPhrase(output.period);
  const said = verdict(question, order > 0, order === 0);
  const [dear, cheap] = order >= 0 ? [a, b] : [b, a];
  if (order === 0)
    return dear.pointers.length === 0
      ? undefined
      : `${said}${word(a.name)} and ${word(b.name)} cost the same in ${when}: **${figure(dear)}**`;
  if (cheap.pointers.length === 0)
    return `${said}**${word(dear.name)}** cost **${figure(dear)}** in ${when}, ${word(cheap.name)} nothing`;
  if (dear.pointers.length > 1 || cheap.pointers.length > 1)
    return `${said}**${word(dear.name)}** cost **${figure(dear)}** in ${when}, more than ${word(cheap.name)} with ${figure(cheap)}`;
  const gap = formula("difference", [dear.pointers[0]!, cheap.pointers[0]!]);
  return `${said}**${word(dear.name)}** cost **${figure(dear)}** in ${when}, **${gap} more** than ${word(cheap.name)} (${figure(cheap)})`;
}

function figure({ pointers }: Side): string {
  return pointers.length === 1 ? `{{${pointers[0]}}}` : formula("sum", pointers);
}

/** Each side with several rows: its own total is asked for, so that the two can be subtracted. */
export function versusTotals(output: CostBreakdown, question: Question): Question["filters"][] | undefined {
  if (!question.versus || output.total.length !== 1) return undefined;
  const sides = sidesOf(output, question, 0);
  const joined = question.filters.find(({ parts, exclude }) => parts?.length === 2 && !exclude);
  if (sides?.length !== 2 || !joined || sides.every(({ pointers }) => pointers.length < 2)) return undefined;
  if (sides.some(({ pointers }) => pointers.length === 0)) return undefined;
  const rest = question.filters.filter((filter) => filter !== joined);
  const parts = [...joined.parts!].sort((a, b) => placeOf(question, a.words) - placeOf(question, b.words));
  return parts.map(({ words, values }) => [...rest, { ...joined, parts: undefined, words, values }]);
}

/** " (A is $5 more than B)" from the totals of both sides. */
export function versusGap(totals: readonly CallResult[], question: Question): string {
  const [a, b] = totals;
  const amounts = totals.map(
    ({ output }) => (output as unknown as CostBreakdown | undefined)?.total[0]?.value,
  );
  if (!a || !b || amounts.some((amount) => amount === undefined)) return "";
  const joined = question.filters.find(({ parts }) => parts?.length === 2);
  const names = [...(joined?.parts ?? [])]
    .sort((one, two) => placeOf(question, one.words) - placeOf(question, two.words))
    .map(({ words }) => word(words));
  const isMore = decimal(amounts[0]!).gte(amounts[1]!);
  const gap = formula(
    "difference",
    isMore ? [`${a.call}:/total/0`, `${b.call}:/total/0`] : [`${b.call}:/total/0`, `${a.call}:/total/0`],
  );
  return `That is **${gap}** ${isMore ? "more" : "less"} for ${names[0]} than for ${names[1]}.\n`;
}

/** The two things in the order they were named, else the two rows there are. */
function sidesOf(output: CostBreakdown, question: Question, at: number): Side[] | undefined {
  const filter = question.filters.find(
    ({ dimension, exclude, parts }) => parts && !exclude && dimension === output.groupBy,
  );
  const rows = output.rows.map(({ key, label, amount }, index) => ({ key, label, amount, index }));
  const side = (name: string, own: typeof rows): Side => ({
    name: own.length === 1 ? own[0]!.label : name,
    pointers: own.map(({ index }) => `${at}:/rows/${index}/amount`),
    amount: sumDecimals(own.map(({ amount }) => amount.value)).toFixed(),
  });
  const parts = filter?.parts ?? [];
  if (parts.length === 2) {
    const ordered = [...parts].sort((a, b) => placeOf(question, a.words) - placeOf(question, b.words));
    const own = ordered.map(({ values }) => {
      const wanted = new Set(values.map((value) => value.toLowerCase()));
      return rows.filter(
        ({ key, label }) => wanted.has(key.toLowerCase()) || wanted.has(label.toLowerCase()),
      );
    });
    const isApart = own[0]!.every((row) => !own[1]!.includes(row));
    if (isApart && own.flat().length === rows.length)
      return ordered.map(({ words }, index) => side(words, own[index]!));
  }
  return rows.length === 2 ? rows.map((row) => side(row.label, [row])) : undefined;
}

function placeOf({ text }: Question, words: string): number {
  return text.toLowerCase().indexOf(words.toLowerCase());
}
