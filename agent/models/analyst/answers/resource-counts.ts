import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { Question, ResourceQuery } from "../question.ts";
import { next, ref, word } from "./write.ts";

// A few more than a breakdown of cost shows: counts are short.
const LINES = 7;

/** What the inventory is asked to count by, as its tool takes it. */
export function countInput(countBy: ResourceQuery["countBy"]): Record<string, unknown> {
  if (!countBy) return {};
  const tagKey = "tagKey" in countBy ? countBy.tagKey : undefined;
  // The page of single resources is not shown beside counts.
  return { countBy: countBy.dimension, ...(tagKey ? { countTagKey: tagKey } : {}), limit: 1 };
}

/** "westeurope has the most virtual machines: 28 of 44.", and each below. */
export function writeCounts(
  { counts, totalCount }: ResourceSearchOutput,
  { order, text }: Question,
  at: number,
  things: string,
): string {
  const rows = (counts ?? []).map((row, index) => ({ ...row, index }));
  const ordered = order === "least" || /\bfewest\b/i.test(text) ? rows.toReversed() : rows;
  const lead = ordered.find(({ key }) => key !== null) ?? ordered[0];
  const isLed = /\b(?:most|least|fewest|which|what|who)\b/i.test(text) && lead;
  const extreme = ordered === rows ? "most" : "fewest";
  const total = ref(at, "/totalCount");
  const first = isLed
    ? `**${word(lead.label)}** has the ${extreme} ${things}: **${ref(at, `/counts/${lead.index}/count`)}** of ${total}.`
    : `**${total}** ${things}${totalCount === 0 ? "" : ":"}`;
  const lines = ordered
    .slice(0, LINES)
    .map(({ label, index }) => `- ${word(label)}: ${ref(at, `/counts/${index}/count`)}\n`);
  const more = ordered.length > LINES ? "The table has the rest.\n" : "";
  return `${first}\n${lines.join("")}${more}${next("Which of them cost the most", "What waste do we have")}`;
}
