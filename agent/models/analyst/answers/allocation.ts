import type { AllocatedCost } from "@cloudoptima/tools/costs/allocation/allocation-shapes.ts";
import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Thinking, Thought } from "../thought.ts";
import { next, ref, sayError, word } from "./write.ts";

/** Cost by team after the rules, what no team has, and how much cost carries the tag. */
export function answerAllocation({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    const [found] = question.periods;
    const { groupBy, costKind } = question;
    const group = groupBy && groupBy.dimension !== "tag" ? { groupBy: groupBy.dimension } : {};
    return {
      calls: [
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
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as AllocatedCost;
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
  return {
    say: `${headline} *(${output.costKind} cost)*.\n${teams.join("")}${coverage.join("")}${groups.join("")}${stuck.join("")}${next("What did we spend by service")}`,
  };
}
