import type { Simulation } from "@cloudoptima/tools/commitments/simulate-commitment.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { askedSeries, askedYears, asksBreakEven } from "../understand/commitment-questions.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { next, ref, sayError, word } from "./write.ts";

const LINES = 5;
type Kind = Simulation["kind"];
type Group = Simulation["groups"][number];

/** What commitments would have saved, of one kind or of both side by side. Terms are never added. */
export function answerCommitmentWhatIf(
  { question, results }: Thinking,
  asked: "what_if" | "compare",
): Thought {
  if (results.length === 0) {
    const { text } = question;
    const isPlan = /\bsavings? plans?\b/i.test(text) && !/\breserv/i.test(text);
    const kinds: Kind[] =
      asked === "compare" ? ["reservation", "savings_plan"] : [isPlan ? "savings_plan" : "reservation"];
    return { calls: kinds.map((kind) => ({ name: "simulate_commitment", input: inputOf(question, kind) })) };
  }
  const failed = results.find(({ output }) => !output);
  if (failed) return { say: sayError(failed) };
  const [result, other] = results;
  const own = ownSizeNote(question.text);
  if (other) return { say: `${sayCompared(result!, other)}${own}${steps}` };
  const { totals, groups } = simulationOf(result!);
  const index = groups.findIndex(({ terms }) => terms.some(({ best }) => best));
  const years = askedYears(question.text);
  const lead =
    asksBreakEven(question.text) && totals.length > 0 && index >= 0
      ? sayBreakEven(result!, index, years)
      : "";
  return { say: sayWhatIf(result!, { lead, own, years }) };
}

const steps = next("What is our reservation coverage", "What should we optimize first");
const simulationOf = ({ output }: CallResult) => output as unknown as Simulation;

function inputOf(question: Question, kind: Kind) {
  const { region, subscription } = resourceFilterInput(question);
  const series = askedSeries(question.text);
  const days = /\b(60|90) days\b/i.exec(question.text)?.[1];
  return {
    ...(kind === "savings_plan" ? { kind } : {}),
    ...(series ? { series } : {}),
    ...(region ? { region } : {}),
    ...(subscription ? { subscription } : {}),
    ...(days ? { days: Number(days) } : {}),
  };
}

/** "covering $10 an hour": a size of somebody's own, where only the best one is simulated. */
function ownSizeNote(text: string): string {
  const isOwn =
    /(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£]|usd|eur|dollars?|euros?|units?))(?:\s?(?:\/|per|an?|each)\s?h(?:our|r)?\b)?|\b\d+ units\b/i.test(
      text,
    );
  return isOwn
    ? "An amount of your own is not simulated here: these are the amounts that would have saved most.\n"
    : "";
}

function nameOf(kind: Kind): string {
  return kind === "reservation" ? "Reservations" : "A savings plan";
}

interface Said {
  /** Said before. */
  lead: string;
  own: string;
  /** The term that is asked for alone. */
  years: 1 | 3 | undefined;
}

function sayWhatIf(result: CallResult, { lead, own, years }: Said): string {
  const { call } = result;
  const { totals, kind, note } = simulationOf(result);
  const what = nameOf(kind);
  const remark = note ? `${word(note)}\n` : "";
  if (totals.length === 0) {
    return `${remark || `${what} would have saved nothing: no machine runs on demand often enough, or prices are not known.\n`}${next("What is our reservation coverage", "How can we save money")}`;
  }
  const terms = totals.flatMap((total, index) =>
    isTerm(total, years)
      ? [
          `${ref(call, `/totals/${index}/years`)} **${ref(call, `/totals/${index}/monthlySavings`)} a month**, at a price of ${ref(call, `/totals/${index}/upfrontEquivalent`)} for the whole term`,
        ]
      : [],
  );
  const alternatives = terms.length > 1 ? ", as alternatives that are never added" : "";
  return `${lead}${what} would have saved${alternatives}: ${terms.join("; ")}. ${sayHours(call)}\n${remark}${own}${groupLines(result, LINES, years).join("")}${steps}`;
}

const isTerm = (one: { years: 1 | 3 }, years: 1 | 3 | undefined) => !years || one.years === years;
const sayHours = (call: number) =>
  `By ${ref(call, "/days")} of running hours, at your rates, without machines that are to be stopped or are paid already.`;

function groupLines(result: CallResult, most: number, years?: 1 | 3): string[] {
  const { groups } = simulationOf(result);
  return groups.slice(0, most).flatMap((group, index) =>
    group.terms.flatMap((option, term) => {
      const { best, cautious } = option;
      if (!best || !isTerm(option, years)) return [];
      const at = (field: string) => ref(result.call, `/groups/${index}/terms/${term}/${field}`);
      const units =
        best.units === null ? `${at("best/hourlyCommitment")} an hour` : `${at("best/units")} units`;
      const careful = cautious ? `; cautiously ${at("cautious/monthlySavings")}` : "";
      return [
        `- ${placeOf(group)}, ${at("years")}: ${units}, ${at("best/usedPercent")} used (breaks even at ${at("breakEvenUsePercent")}), saves ${at("best/monthlySavings")} a month${careful}\n`,
      ];
    }),
  );
}

const placeOf = ({ label, region }: Group) => `${word(label)}${region ? `, ${word(region)}` : ""}`;

/** When the whole price has come back in, and of how many hours a unit has to be used to pay. */
function sayBreakEven(result: CallResult, index: number, years: 1 | 3 | undefined): string {
  const { groups, kind } = simulationOf(result);
  const what = kind === "reservation" ? "a reservation" : "a savings plan";
  const terms = groups[index]!.terms.flatMap((option, term) => {
    const at = (field: string) => ref(result.call, `/groups/${index}/terms/${term}/${field}`);
    if (!option.best || option.breakEvenUsePercent === null || !isTerm(option, years)) return [];
    return [
      `${what} for ${at("years")} has earned its whole price back **after ${at("best/breakEvenMonths")}**, and pays where it is used in more than **${at("breakEvenUsePercent")}** of the hours`,
    ];
  });
  return terms.length > 0 ? `${placeOf(groups[index]!)}: ${terms.join("; ")}.\n` : "";
}

/** Reservations and a savings plan for the same machines: which saves more in each term. */
function sayCompared(reserved: CallResult, plan: CallResult): string {
  const pairs = simulationOf(reserved).totals.flatMap((total, index) => {
    const other = simulationOf(plan).totals.findIndex(
      ({ years, monthlySavings }) =>
        years === total.years && monthlySavings.currency === total.monthlySavings.currency,
    );
    if (other < 0) return [];
    const theirs = simulationOf(plan).totals[other]!;
    const isReserved = Number(total.monthlySavings.value) >= Number(theirs.monthlySavings.value);
    const ours = `${ref(reserved.call, `/totals/${index}/monthlySavings`)}`;
    const others = `${ref(plan.call, `/totals/${other}/monthlySavings`)}`;
    const term = ref(reserved.call, `/totals/${index}/years`);
    return [
      isReserved
        ? `over ${term} reservations save more, **${ours} a month** beside ${others} of a savings plan`
        : `over ${term} a savings plan saves more, **${others} a month** beside ${ours} of reservations`,
    ];
  });
  if (pairs.length === 0) {
    const plain = { lead: "", own: "", years: undefined };
    return `${sayWhatIf(reserved, plain)}${sayWhatIf(plan, plain)}`;
  }
  const told = pairs.join("; ");
  return `${told[0]!.toUpperCase()}${told.slice(1)}. They would pay for the same machines, so they are alternatives, never added. A reservation holds for one series in one region, a savings plan for any machine.\n${sayHours(reserved.call)}\n${groupLines(plan, 1).join("")}${groupLines(reserved, 3).join("")}`;
}
