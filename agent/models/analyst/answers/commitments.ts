import type { Commitments } from "@cloudoptima/tools/commitments/get-commitments.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { type AskedUse, askedUse, commitmentQuestion } from "../understand/commitment-questions.ts";
import { answerCommitmentWhatIf } from "./commitment-what-if.ts";
import { formula, next, periodName, ref, sayError } from "./write.ts";

const LINES = 5;
const countsMachines =
  /\b(?:how many|number of|which|what|count)\b.*\b(?:vms?|virtual machines?|machines?|servers?|instances?(?<!reserved instances))\b/i;
type Total = Commitments["totals"][number];

/** How reservations and savings plans do, or what more of them would have saved. */
export function answerCommitments(thinking: Thinking): Thought {
  const { question, results } = thinking;
  const asked = commitmentQuestion(question.text);
  if (asked === "what_if" || asked === "compare") return answerCommitmentWhatIf(thinking, asked);
  const [found] = question.periods;
  if (results.length === 0) {
    const input = {
      ...(found ? { period: found.period } : {}),
      ...(countsMachines.test(question.text) ? { countMachines: true } : {}),
    };
    return { calls: [{ name: "get_commitments", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  return { say: sayUse(result, question) };
}

function sayUse({ call, output }: CallResult, { text }: Question): string {
  const { totals, rows, period, machines } = output as unknown as Commitments;
  if (totals.length === 0) return `No usage that a commitment could pay was found in ${periodName(period)}.`;
  const asked = askedUse(text);
  const lines = totals.flatMap((total, index) => inOrder(totalLines(call, index, total), asked));
  const own = rows.slice(0, LINES).map((row, index) => {
    const used = row.utilizationPercent
      ? `${ref(call, `/rows/${index}/utilizationPercent`)} used`
      : "use unknown";
    const unused = isMoney(row.unusedCost) ? `, ${ref(call, `/rows/${index}/unusedCost`)} unused` : "";
    return `- \`${row.label.replace(/[`{}]/g, "'")}\` (${row.kind}): ${used}${unused}\n`;
  });
  const [first, ...rest] = lines;
  const when = `*(${periodName(period)})*\n`;
  const body =
    asked === "commitments" && rows.length > 0
      ? `${sayUnused(call, rows)} ${when}${own.join("")}${lines.join("\n")}\n`
      : `${first} ${when}${rest.map((line) => `${line}\n`).join("")}${own.join("")}`;
  // A reservation and a savings plan that pay for one machine look the same on some bills.
  const counted = machines
    ? `Of **${ref(call, "/machines/machineCount")}** machines that cost something, commitments pay **${ref(call, "/machines/coveredCount")}**, wholly or in part. ${when}`
    : "";
  return `${counted}${counted ? body.replace(when, "\n") : body}${next(
    asked !== "coverage" && "How well are we covered by commitments",
    "What if we bought reservations",
  )}`;
}

/** The finding of each kind about one currency. */
function totalLines(call: number, index: number, total: Total) {
  const at = (field: string) => ref(call, `/totals/${index}/${field}`);
  const known = total.listCostKnownPercent
    ? `list costs are known of ${at("listCostKnownPercent")} of eligible usage`
    : "no list costs were delivered with these costs";
  const derived =
    total.listCostFrom === "derived"
      ? `, of machines that ran all day, by today's retail prices: ${known}`
      : "";
  const unused = isMoney(total.unusedCost) ? `${at("unusedCost")} unused` : "nothing unused";
  return {
    cost: `Commitments cost **${formula("sum", [`${call}:/totals/${index}/usedCost`, `${call}:/totals/${index}/unusedCost`])}**, with what was paid ahead spread over its term.`,
    coverage: total.coveragePercent
      ? `**Coverage ${at("coveragePercent")}**: commitments pay ${at("coveredCost")} of ${at("eligibleCost")} of eligible usage, at ${total.measuredAt} cost.`
      : "Coverage cannot be told: there is no eligible usage.",
    utilization: total.utilizationPercent
      ? `**Utilization ${at("utilizationPercent")}**: ${at("usedCost")} used, ${unused}.`
      : "Utilization cannot be told: no amortized cost of a commitment was delivered.",
    rate: total.effectiveSavingsRatePercent
      ? `**Effective savings rate ${at("effectiveSavingsRatePercent")}**: ${at("savings")} saved of ${at("onDemandEquivalent")} on demand${derived}.`
      : `The effective savings rate cannot be told: ${known}, and none are guessed.`,
  };
}

/** What is asked for comes first. */
function inOrder({ cost, ...lines }: ReturnType<typeof totalLines>, asked: AskedUse): string[] {
  if (asked === "cost") return [cost, ...Object.values(lines)];
  const first = asked === "commitments" ? "utilization" : asked;
  return [lines[first], ...Object.entries(lines).flatMap(([kind, line]) => (kind === first ? [] : [line]))];
}

/** Which of them are not fully used, and what that cost. */
function sayUnused(call: number, rows: Commitments["rows"]): string {
  const left = rows.flatMap(({ unusedCost }, index) =>
    isMoney(unusedCost) ? [`${call}:/rows/${index}/unusedCost`] : [],
  );
  if (left.length === 0) return `Nothing of the **${ref(call, "/rowCount")}** commitments was left unused`;
  const many = left.length > 1 ? `**${formula("count", left)}** commitments are` : "**One** commitment is";
  const isOneCurrency = new Set(rows.map(({ unusedCost }) => unusedCost.currency)).size === 1;
  const amount =
    left.length === 1
      ? `: ${ref(call, left[0]!.slice(left[0]!.indexOf("/")))} unused`
      : isOneCurrency
        ? `: ${formula("sum", left)} unused`
        : "";
  return `${many} not fully used${amount}`;
}

/** At least a cent: less is what rounding leaves. */
function isMoney({ value }: { value: string }): boolean {
  return Math.abs(Number(value)) >= 0.005;
}
