import type { Commitments } from "@cloudoptima/tools/commitments/get-commitments.tool.ts";
import type { Simulation } from "@cloudoptima/tools/commitments/simulate-commitment.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { askedSeries, commitmentQuestion } from "../understand/commitment-questions.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { next, periodName, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** How reservations and savings plans do, or what more of them would have saved. Terms are never added. */
export function answerCommitments({ question, results }: Thinking): Thought {
  const isWhatIf = commitmentQuestion(question.text) === "what_if";
  if (results.length === 0) return { calls: [isWhatIf ? simulationCall(question) : useCall(question)] };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  return { say: isWhatIf ? sayWhatIf(result) : sayUse(result) };
}

function useCall({ periods: [found] }: Question) {
  return { name: "get_commitments", input: found ? { period: found.period } : {} };
}

function simulationCall(question: Question) {
  const { region, subscription } = resourceFilterInput(question);
  const series = askedSeries(question.text);
  const days = /\b(60|90) days\b/i.exec(question.text)?.[1];
  const isPlan = /\bsavings? plans?\b/i.test(question.text) && !/\breserv/i.test(question.text);
  return {
    name: "simulate_commitment",
    input: {
      ...(isPlan ? { kind: "savings_plan" } : {}),
      ...(series ? { series } : {}),
      ...(region ? { region } : {}),
      ...(subscription ? { subscription } : {}),
      ...(days ? { days: Number(days) } : {}),
    },
  };
}

function sayUse({ call, output }: CallResult): string {
  const { totals, rows, period } = output as unknown as Commitments;
  const lines = totals.map((total, index) => {
    const at = (field: string) => ref(call, `/totals/${index}/${field}`);
    const coverage = total.coveragePercent
      ? `**Coverage ${at("coveragePercent")}**: commitments pay ${at("coveredCost")} of ${at("eligibleCost")} of eligible usage, at ${total.measuredAt} cost.\n`
      : "Coverage cannot be told: there is no eligible usage.\n";
    const use = total.utilizationPercent
      ? `**Utilization ${at("utilizationPercent")}**: ${at("usedCost")} used, ${at("unusedCost")} unused.\n`
      : "Utilization cannot be told: no amortized cost of a commitment was delivered.\n";
    const known = total.listCostKnownPercent
      ? `list costs are known of ${at("listCostKnownPercent")} of eligible usage`
      : "no list costs were delivered with these costs";
    const derived =
      total.listCostFrom === "derived"
        ? `, of machines that ran all day, by today's retail prices: ${known}`
        : "";
    const rate = total.effectiveSavingsRatePercent
      ? `**Effective savings rate ${at("effectiveSavingsRatePercent")}**: ${at("savings")} saved of ${at("onDemandEquivalent")} on demand${derived}.\n`
      : `The effective savings rate cannot be told: ${known}, and none are guessed.\n`;
    return `${coverage}${use}${rate}`;
  });
  const own = rows.slice(0, LINES).map((row, index) => {
    const used = row.utilizationPercent
      ? `${ref(call, `/rows/${index}/utilizationPercent`)} used, `
      : "use unknown, ";
    return `- \`${row.label.replace(/[`{}]/g, "'")}\` (${row.kind}): ${used}${ref(call, `/rows/${index}/unusedCost`)} unused\n`;
  });
  if (lines.length === 0) return `No usage that a commitment could pay was found in ${periodName(period)}.`;
  return `Reservations and savings plans in ${periodName(period)}:\n${lines.join("")}${own.join("")}${next("What if we bought reservations", "How much could we save in total")}`;
}

function sayWhatIf({ call, output }: CallResult): string {
  const { totals, groups, kind, note } = output as unknown as Simulation;
  const what = kind === "reservation" ? "Reservations" : "A savings plan";
  const remark = note ? `${word(note)}\n` : "";
  if (totals.length === 0) {
    return `${remark || `${what} would have saved nothing: no machine runs on demand often enough, or prices are not known.\n`}${next("What is our reservation coverage", "How can we save money")}`;
  }
  const terms = totals.map(
    (_, index) =>
      `${ref(call, `/totals/${index}/years`)} **${ref(call, `/totals/${index}/monthlySavings`)} a month**, at a price of ${ref(call, `/totals/${index}/upfrontEquivalent`)} for the whole term`,
  );
  const lines = groups.slice(0, LINES).flatMap((group, index) =>
    group.terms.flatMap(({ best, cautious }, term) => {
      if (!best) return [];
      const at = (field: string) => ref(call, `/groups/${index}/terms/${term}/${field}`);
      const units =
        best.units === null ? `${at("best/hourlyCommitment")} an hour` : `${at("best/units")} units`;
      const careful = cautious ? `; cautiously ${at("cautious/monthlySavings")}` : "";
      const place = group.region ? `, ${word(group.region)}` : "";
      return [
        `- ${word(group.label)}${place}, ${at("years")}: ${units}, ${at("best/usedPercent")} used (breaks even at ${at("breakEvenUsePercent")}), saves ${at("best/monthlySavings")} a month${careful}\n`,
      ];
    }),
  );
  return `${what} would have saved, as alternatives that are never added: ${terms.join("; ")}. By ${ref(call, "/days")} of running hours, at your rates, without machines that are to be stopped or are paid already.\n${remark}${lines.join("")}${next("What is our reservation coverage", "What should we optimize first")}`;
}
