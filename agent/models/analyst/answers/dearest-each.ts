import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { countInput } from "./resource-counts.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { eachMoney, join, next, sayError, word } from "./write.ts";

// Each is a call; more would be read in a table.
const MOST_GROUPS = 8;

/** "dearest database per team": the dearest one of each value, the dearest of all first. */
export function answerDearestEach({ question, results }: Thinking): Thought {
  const { resources: { type, noun } = { noun: "resources" }, groupBy } = question;
  const place = { ...resourceFilterInput(question), ...(type ? { type } : {}) };
  const [counted, ...found] = results;
  if (!counted) {
    return {
      calls: [{ name: "search_resources", input: { ...place, ...countInput(groupBy as never), limit: 1 } }],
    };
  }
  if (!counted.output) return { say: sayError(counted) };
  const { counts } = counted.output as unknown as ResourceSearchOutput;
  const groups = (counts ?? []).filter(({ key }) => key !== null).slice(0, MOST_GROUPS);
  if (groups.length === 0)
    return {
      say: `No ${noun} has a ${word(groupingName(groupBy!))} in the inventory.${next(`List our ${noun}`)}`,
    };
  if (found.length === 0) {
    const period = question.periods[0]?.period ?? { words: "last month" };
    return {
      calls: groups.map(({ key }) => ({
        name: "search_resources",
        input: { ...place, ...inputOf(question, key!), period, limit: 1 },
      })),
    };
  }
  const failed = found.find(({ output }) => !output);
  if (failed) return { say: sayError(failed) };
  const rows = found
    .map(({ call, output }, index) => {
      const row = (output as unknown as ResourceSearchOutput).rows[0];
      return { call, row, label: groups[index]!.label, value: Number(row?.cost[0]?.value ?? 0) };
    })
    .toSorted((a, b) => b.value - a.value);
  const lines = rows.map(({ call, row, label }) => {
    const cost = row ? eachMoney(call, "/rows/0/cost", row.cost) : [];
    return `- ${word(label)}: ${row ? code(row.name) : "none"}${cost.length > 0 ? `, ${join(cost)}` : ", no cost in these days"}\n`;
  });
  const [first] = rows;
  const { period } = found[0]!.output as unknown as ResourceSearchOutput;
  const lead =
    first?.row && first.row.cost.length > 0
      ? `The dearest is **${code(first.row.name)}** of ${word(first.label)}: **${join(eachMoney(first.call, "/rows/0/cost", first.row.cost))}**.`
      : `None of the ${noun} cost anything.`;
  const rest =
    (counts ?? []).filter(({ key }) => key !== null).length > groups.length
      ? "Those with the most of them are shown, and what has none is not.\n"
      : "";
  return {
    say: `${lead} *(effective cost, ${periodInWords(period)})*\nThe dearest of the ${noun} by ${word(groupingName(groupBy!))}:\n${lines.join("")}${rest}${next(`List our ${noun}`)}`,
  };
}

const code = (name: string) => `\`${name.replace(/[`{}]/g, "'")}\``;

function inputOf({ groupBy }: Question, key: string): Record<string, string> {
  if (groupBy?.dimension === "tag") return { tagKey: groupBy.tagKey!, tagValue: key };
  if (groupBy?.dimension === "resource_group") return { resourceGroup: key };
  return { [groupBy!.dimension]: key };
}
