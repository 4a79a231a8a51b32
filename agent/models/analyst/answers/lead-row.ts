import type { CostBreakdown, CostRow } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import { formula, join, ref, word } from "./write.ts";

// More names than this are read in the lines.
const MOST_NAMED = 3;
const places = ["", "", "second ", "third ", "fourth ", "fifth "];
const asksWhich =
  /\b(?:which|who|most expensive|costliest|dearest|priciest|biggest|largest|highest|top|cheapest|smallest|lowest|least|rank)\b/i;

interface Placed {
  row: CostRow;
  index: number;
}

/** "; the most went to **A** ($5, 40 %)": the row, or the few rows, that a breakdown's headline names. */
export function leadRow(output: CostBreakdown, question: Question, at: number): string {
  if (output.rows.length < 2) return "";
  const ordered = output.rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => !decimal(row.amount.value).isZero());
  if (question.order === "least") ordered.reverse();
  const [first] = ordered;
  if (!first) return "";
  const figures = ({ row, index }: Placed) =>
    `${ref(at, `/rows/${index}/amount`)}${row.share === null ? "" : `, ${ref(at, `/rows/${index}/sharePercent`)}`}`;
  const named = ordered.filter(({ row }) => row.key !== "");
  if (!question.groupBy || !asksWhich.test(question.text)) {
    // Without a name it leads nothing; the first that has one does.
    const lead = named[0] ?? first;
    const isMost = lead.row.share !== null && decimal(lead.row.share).gte("0.5");
    return `, ${isMost ? "most of it" : "led by"} ${word(lead.row.label)} (${figures(lead)})`;
  }
  if (question.rank) {
    const found = ordered[question.rank - 1];
    return found
      ? `; the ${places[question.rank] ?? ""}${question.order} went to ${strong(found, figures)}`
      : "";
  }
  // "which two cost the least": as many as were asked for, while a sentence can hold them.
  const many = (question.top ?? 1) <= MOST_NAMED ? (question.top ?? 1) : 1;
  const shown = named.length > 0 ? named.slice(0, many) : [first];
  const nameless =
    shown[0] === first ? "" : `; ${ref(at, `/rows/${first.index}/amount`)} is ${word(first.row.label)}`;
  // Several figures beside several names could be read of one another; the lines below tell them.
  const names =
    shown.length > 1
      ? shown.map(({ row }) => `**${word(row.label)}**`)
      : shown.map((each) => strong(each, figures));
  // Without figures, a sentence of its own: digits in the names are then no part of the total's.
  const joint = shown.length > 1 ? ". The" : "; the";
  const lead = `${joint} ${question.order} went to ${join(names)}`;
  const last = named.at(-1);
  const [one, two] = named;
  if (question.form?.gap && one && two && output.total.length === 1) {
    const sides = [one, two].map(({ index }) => `${at}:/rows/${index}/amount`);
    const gap = formula("difference", question.order === "least" ? sides.reverse() : sides);
    return `; the ${question.order} went to ${strong(one, figures)}, **${gap} ${question.order === "least" ? "less" : "more"}** than ${strong(two, figures)}`;
  }
  if (!question.form?.bothEnds || !last || shown.includes(last)) return `${lead}${nameless}`;
  return `${lead}, the ${question.order === "least" ? "most" : "least"} to ${strong(last, figures)}`;
}

function strong(placed: Placed, figures: (placed: Placed) => string): string {
  return `**${word(placed.row.label)}** (${figures(placed)})`;
}

/** What costs nothing is cheaper still; a line of its own, because it has no figure. */
export function freeRows({ rows }: CostBreakdown): string {
  const free = rows.filter(({ key, amount }) => key !== "" && decimal(amount.value).isZero());
  if (free.length === 0) return "";
  const names = free.slice(0, MOST_NAMED).map(({ label }) => word(label));
  return `No cost: ${join(free.length > MOST_NAMED ? [...names, "others"] : names)}.\n`;
}
