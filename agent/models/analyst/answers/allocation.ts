import type { AllocatedCost } from "@cloudoptima/tools/costs/allocation/allocation-shapes.ts";
import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { costInput } from "./cost-input.ts";
import { eachMoney, join, next, periodName, ref, sayError, word } from "./write.ts";

/** Cost by team after the rules, what no team has, and how much cost carries the tag. */
export function answerAllocation({ question, results, names }: Thinking): Thought {
  if (results.length === 0) {
    const [found] = question.periods;
    const { groupBy, costKind } = question;
    const group = groupBy && groupBy.dimension !== "tag" ? { groupBy: groupBy.dimension } : {};
    const filters = thingsOf(question);
    const tagKey = groupBy?.tagKey ?? names.tagKeys[0];
    const own = {
      name: "get_cost_breakdown",
      input: { ...costInput(question, { filters }), groupBy: "tag", ...(tagKey ? { tagKey } : {}) },
    };
    return {
      calls: [
        ...(filters.length > 0 && tagKey ? [own] : []),
        {
          name: "get_allocation",
          input: {
            ...(found ? { period: found.period } : {}),
            ...(costKind ? { costKind } : {}),
            ...(groupBy?.dimension === "tag" && groupBy.tagKey ? { tagKey: groupBy.tagKey } : {}),
            ...group,
          },
        },
      ],
    };
  }
  const failed = results.find((one) => !one.output);
  if (failed) return { say: sayError(failed) };
  const result = results.at(-1)!;
  const output = result.output as unknown as AllocatedCost;
  const thing = results.length > 1 ? sayThing(results[0]!, output, question) : "";
  const at = result.call;
  const unallocated = output.unallocated.map(
    (_, index) =>
      `${ref(at, `/unallocated/${index}/amount`)} (${ref(at, `/unallocated/${index}/sharePercent`)})`,
  );
  const headline =
    unallocated.length > 0
      ? `**Unallocated: ${unallocated.join(" and ")}** of the cost of ${periodInWords(output.period)}`
      : `**Every cost of ${periodInWords(output.period)} is allocated to a team**`;
  const teams = output.teams
    .slice(0, 8)
    .map((team, index) => `- ${word(team.team)}: ${ref(at, `/teams/${index}/amount`)}\n`);
  const coverage = output.tagCoverage.totals.map(
    (_, index) =>
      `The tag ${word(output.tagCoverage.tagKey)} covers ${ref(at, `/tagCoverage/totals/${index}/tagged`)} (${ref(at, `/tagCoverage/totals/${index}/sharePercent`)}); ${ref(at, `/tagCoverage/totals/${index}/untagged`)} has none.\n`,
  );
  const groups = output.tagCoverage.groups
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => Number(group.untagged.value) > 0)
    .slice(0, 3)
    .map(
      ({ group, index }) =>
        `- without it, ${word(group.label)}: ${ref(at, `/tagCoverage/groups/${index}/untagged`)}\n`,
    );
  const stuck = output.rules
    .filter(({ isSplit }) => !isSplit)
    .map(({ name }) => `The rule ${word(name)} found no team to split its cost among.\n`);
  const none =
    output.rules.length === 0 && /\bshared?\b|\bsplit\b/i.test(question.text)
      ? "There is no allocation rule, so no shared cost is split.\n"
      : "";
  const taken = output.rules
    .flatMap(({ isSplit, name }, index) =>
      isSplit ? [`The rule ${word(name)} shares out ${ref(at, `/rules/${index}/amount`)}.\n`] : [],
    )
    .slice(0, 5);
  return {
    say: `${thing}${headline} *(${output.costKind} cost)*.\n${teams.join("")}${coverage.join("")}${groups.join("")}${none}${taken.join("")}${stuck.join("")}${next("What did we spend by service")}`,
  };
}

/** Of what the allocation is asked; "shared" says what is done with it, and names nothing. */
function thingsOf({ filters }: Question): Question["filters"] {
  return filters.filter(({ words }) => !/^(?:shared?|split|allocat\w+)$/i.test(words));
}

/** Whose the cost of one thing is by its tag; rules take cost by service, place or tag, and are told with what they took. */
function sayThing({ call, output }: CallResult, { rules }: AllocatedCost, question: Question): string {
  const { total, rows, period } = output as unknown as CostBreakdown;
  const name = join(thingsOf(question).map(({ words }) => word(words)));
  if (total.length === 0) return `No cost of ${name} was found in ${periodName(period)}.\n`;
  const teams = rows.map(({ label }, row) => `${word(label)} ${ref(call, `/rows/${row}/amount`)}`);
  const taken =
    rules.length === 0
      ? "There is no allocation rule, so nothing of it is shared out."
      : "What rules share out is told for the whole of the cost, not for this part of it.";
  return `${name} cost **${join(eachMoney(call, "/total", total))}** in ${periodName(period)}: ${join(teams)}. ${taken}\n`;
}
