import { dayInWords, periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { SavingsTotal } from "@cloudoptima/tools/recommendations/get-savings-total.tool.ts";
import type {
  RealizedChange,
  RealizedSavings,
} from "@cloudoptima/tools/recommendations/realized/realized-output.ts";
import type { Thinking, Thought } from "../thought.ts";
import { flaggedName } from "../understand/find-flagged.ts";
import { quotable } from "./quotable.ts";
import { recommendationInput } from "./recommendations.ts";
import { placeWords } from "./resource-filter-input.ts";
import { eachMoney, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** What was saved by what was done, as measured afterwards; of one thing, whether it paid off. */
export function answerRealized({ question, results }: Thinking): Thought {
  const name = flaggedName(question);
  const [first] = question.periods;
  if (results.length === 0) {
    const { limit: _limit, minimumMonthlySavings: _minimum, ...place } = recommendationInput(question);
    const input = {
      ...place,
      ...(name ? { resource: name } : {}),
      ...(first ? { period: first.period } : {}),
      realized: true,
    };
    return { calls: [{ name: "get_savings_total", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const { realized } = result.output as unknown as SavingsTotal;
  if (!realized) return { say: "What was saved is not known here." };
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  if (realized.changeCount === 0) {
    const of = name ? ` to \`${name.replace(/[`{}]/g, "'")}\`` : where;
    const then = realized.period ? ` that was in effect in ${periodInWords(realized.period)}` : "";
    return {
      say: `No change was made${of} to save${then}, so no saving can be measured.\n${next("How much could we save in total", "What is waiting for approval")}`,
    };
  }
  const at = result.call;
  const only = realized.rows.length === 1 ? realized.rows[0] : undefined;
  const told = only ? sayOne(at, only, realized) : sayAll(at, realized, where);
  const compared = realized.measuredCount > 0 ? `${method}\n` : "";
  return {
    say: `${told}${compared}${next(name ? "What did we really save" : "How much could we save in total")}`,
  };
}

const method =
  "*(measured against what would have been spent: the daily effective cost before each change, less that after it; what a reservation or savings plan pays is not counted)*";

function sayAll(at: number, realized: RealizedSavings, where: string): string {
  const base = "/realized";
  const counts = `${ref(at, `${base}/measuredCount`)} of ${ref(at, `${base}/changeCount`)} changes${where} are measured`;
  const saved = join(eachMoney(at, `${base}/savedSoFar`, realized.savedSoFar));
  const when = realized.period ? ` in ${periodInWords(realized.period)}` : " so far";
  const monthly = join(eachMoney(at, `${base}/measuredMonthlySavings`, realized.measuredMonthlySavings));
  const expected = join(eachMoney(at, `${base}/estimatedMonthlySavings`, realized.estimatedMonthlySavings));
  const headline =
    saved === ""
      ? `Nothing can be told yet of what was saved${where}${when}: ${counts}.\n`
      : `**${saved}** was saved${when}; ${counts}.\n`;
  const effect =
    monthly === ""
      ? ""
      : `What is in effect saves ${monthly} a month${expected ? `; ${expected} was expected of it` : ""}.\n`;
  const lines = realized.rows.slice(0, LINES).map((row, index) => `- ${sayLine(at, index, row)}\n`);
  const more =
    realized.rows.length > lines.length ? "The table has the rest, with the days that were compared.\n" : "";
  return `${headline}${effect}${lines.join("")}${more}`;
}

function sayLine(at: number, index: number, row: RealizedChange): string {
  const base = `/realized/rows/${index}`;
  const done = `${title(row)} (${dayInWords(row.doneOn)}${row.undoneOn ? `, undone on ${dayInWords(row.undoneOn)}` : ""})`;
  if (!row.measuredMonthlySavings) return `${done}: not known yet`;
  const expected = row.estimatedMonthlySavings
    ? `, ${ref(at, `${base}/estimatedMonthlySavings`)} expected`
    : "";
  const so = row.savedSoFar ? `, ${ref(at, `${base}/savedSoFar`)} so far` : "";
  return `${done}: ${ref(at, `${base}/measuredMonthlySavings`)} a month measured${expected}${so}`;
}

function sayOne(at: number, row: RealizedChange, { period }: RealizedSavings): string {
  const base = "/realized/rows/0";
  const done = `${title(row)} on ${dayInWords(row.doneOn)}`;
  const expected = row.estimatedMonthlySavings
    ? `Expected when it was decided: ${ref(at, `${base}/estimatedMonthlySavings`)} a month.\n`
    : "Nothing was expected of it in figures.\n";
  if (!row.measuredMonthlySavings || !row.before || !row.after) {
    return `It is not known yet whether it paid off (${done}).\n${quotable(row.unknownBecause ?? "")}\n${expected}`;
  }
  const saves =
    !row.measuredMonthlySavings.value.startsWith("-") && Number(row.measuredMonthlySavings.value) > 0;
  const monthly = ref(at, `${base}/measuredMonthlySavings`);
  const verdict = saves
    ? `Yes, it paid off: **${monthly} a month** is saved by it (${done})`
    : `No, it saved nothing: **${monthly} a month** was measured (${done})`;
  const kept = row.keptPercent ? `, ${ref(at, `${base}/keptPercent`)} of what was expected` : "";
  const so = row.savedSoFar
    ? `${period ? `In ${periodInWords(period)}` : "So far"} it comes to ${ref(at, `${base}/savedSoFar`)}.\n`
    : "";
  const undone = row.undoneOn ? `It was undone on ${dayInWords(row.undoneOn)}.\n` : "";
  const sides = `A day cost ${ref(at, `${base}/before/meanDailyCost`, "exact")} before (${periodInWords(row.before)}) and ${ref(at, `${base}/after/meanDailyCost`, "exact")} after (${periodInWords(row.after)}).\n`;
  return `${verdict}${kept}.\n${so}${expected}${sides}${undone}`;
}

const title = ({ what, resource }: RealizedChange) =>
  what.includes(resource.name) ? word(what) : `${word(what)}, ${word(resource.name)}`;
