import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Question } from "../question.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { periodPhrase, ref, word } from "./write.ts";

/** "**Yes**: SQL Database was the largest service in October ($30,479, 27.6 %)": a claim weighed by the breakdown. */
export function leaderClaim(output: CostBreakdown, question: Question, at: number): string | undefined {
  const { claimedLeader: claimed, order } = question;
  if (!claimed || output.total.length !== 1) return undefined;
  const rows = output.rows
    .map((row, index) => ({ ...row, index }))
    .filter(({ key, amount }) => key !== "" && !decimal(amount.value).isZero());
  if (order === "least") rows.reverse();
  const [leader] = rows;
  const own = rows.find(({ key }) => claimed.values.includes(key));
  if (!leader) return undefined;
  const figures = ({ index, share }: (typeof rows)[number]) =>
    `${ref(at, `/rows/${index}/amount`)}${share === null ? "" : `, ${ref(at, `/rows/${index}/sharePercent`)}`}`;
  const { groupBy: dimension, tagKey } = output;
  const noun = word(groupingName({ dimension, ...(tagKey ? { tagKey } : {}) }));
  const rank = order === "least" ? "cheapest" : "most expensive";
  const when = periodPhrase(output.period);
  if (own === leader)
    return `**Yes**: **${word(own.label)}** was the ${rank} ${noun} of ${when} (${figures(own)})`;
  const lead = `**No**: the ${rank} ${noun} of ${when} was **${word(leader.label)}** (${figures(leader)})`;
  return own
    ? `${lead}; ${word(own.label)} cost ${ref(at, `/rows/${own.index}/amount`)}`
    : `${lead}; ${word(claimed.words)} is not among those that cost anything`;
}
