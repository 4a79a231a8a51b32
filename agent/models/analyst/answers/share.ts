import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { sumDecimals } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import type { Thinking } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { escapePattern } from "../understand/names.ts";
import { basis, formula, join, next, periodPhrase, ref, scope, word } from "./write.ts";

/** What the share is of: a service before anything else; undefined when each row's share is asked for. */
export function shareSubject(question: Question): Question["filters"][number] | undefined {
  if (question.measure !== "share" || question.groupBy) return undefined;
  const kept = question.filters.filter(({ exclude }) => !exclude);
  // "share of storage in West Europe": storage is the whole, the place is the part.
  const whole = kept.find(({ words }) =>
    new RegExp(`\\bof (?:the |our |my |all )?${escapePattern(words)}`, "i").test(question.text),
  );
  const parts = whole && kept.length > 1 ? kept.filter((filter) => filter !== whole) : kept;
  return parts.find(({ dimension }) => dimension === "service") ?? parts[0];
}

/** "EC2 made up 86.8 % of …": read from the whole, so that part and whole come from one call. */
export function writeShare(result: CallResult, output: CostBreakdown, { question, today }: Thinking): string {
  const at = result.call;
  const subject = shareSubject(question);
  const when = periodPhrase(output.period);
  const note = basis(output, question, today);
  if (!subject) return "";
  const wanted = new Set(subject.values.map((value) => value.toLowerCase()));
  const found = output.rows.flatMap((row, index) =>
    wanted.has(row.key.toLowerCase()) || wanted.has(row.label.toLowerCase()) ? [{ row, index }] : [],
  );
  const of = scope({ ...question, filters: question.filters.filter((filter) => filter !== subject) });
  if (found.length === 0) return `${word(subject.words)} has no cost${of} in ${when}. ${note}\n`;
  const lines = output.total.flatMap(({ currency }, index) => {
    const own = found.filter(({ row }) => row.amount.currency === currency);
    if (own.length === 0) return [];
    const total = `${at}:/total/${index}`;
    if (own.length === 1) {
      const row = `/rows/${own[0]!.index}`;
      return [
        `**${formula("ratio", [`${at}:${row}/amount`, total])}** (${ref(at, `${row}/amount`)} of {{${total}}})`,
      ];
    }
    const sum = formula(
      "sum",
      own.map((item) => `${at}:/rows/${item.index}/amount`),
    );
    const each = own.map((item) => `${word(item.row.label)} ${ref(at, `/rows/${item.index}/sharePercent`)}`);
    const share = formula(
      "sum",
      own.map((item) => `${at}:/rows/${item.index}/sharePercent`),
    );
    return [`**${share}** (${sum} of {{${total}}}: ${join(each)})`];
  });
  return `${shareVerdict(question, found, output)}${word(capital(subject.words))} made up ${join(lines)} of ${when}'s cost${of}. ${note}\n${next(`How did ${word(subject.words)} develop over time`, "Break the cost down by service")}`;
}

/** "Yes: " when the share lies on the side that was asked for. */
function shareVerdict(
  { form }: Question,
  found: readonly { row: CostBreakdown["rows"][number] }[],
  output: CostBreakdown,
): string {
  if (!form?.yesNo || !form.shareOver || output.total.length !== 1) return "";
  const percent = sumDecimals(found.map(({ row }) => row.sharePercent ?? "0"));
  const isSo = form.shareOver.over ? percent.gt(form.shareOver.percent) : percent.lt(form.shareOver.percent);
  return isSo ? "**Yes**: " : "**No**: ";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
