import type { AssessmentOutput } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { flaggedName } from "../understand/find-flagged.ts";
import { ownCheckLines } from "./assessment.ts";
import { quotable } from "./quotable.ts";
import { recommendationInput } from "./recommendations.ts";
import { next, ref, sayError, word } from "./write.ts";

const FACTS = 6;
type Row = RecommendationList["rows"][number];

const code = (name: string) => `\`${name.replace(/[`{}]/g, "'")}\``;

/** Why something is recommended: what was measured, what speaks against it, how sure it is, what it saves and how. */
export function answerWhyRecommended({ question, results }: Thinking): Thought {
  const name = flaggedName(question);
  if (results.length === 0) {
    const { type, ...place } = recommendationInput(question);
    // Its name says enough: "why is it idle" may be asked of what is flagged for another reason.
    const input = name
      ? { ...place, resource: name, explain: true }
      : { ...place, ...(type ? { type } : {}) };
    const recommended = { name: "list_recommendations", input: { ...input, limit: 5 } };
    // What is wrong with one is more than what wastes money.
    const checks = { name: "get_assessment", input: { resource: name, limit: 5 } };
    return { calls: name && asksWhatIsWrong.test(question.text) ? [recommended, checks] : [recommended] };
  }
  const [result, ...others] = results;
  const inventory = others.find((one) => one.name === "search_resources");
  const checked = sayChecks(others.find((one) => one.name === "get_assessment"));
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as RecommendationList;
  const [first] = output.rows;
  if (!first && name && !inventory) return { calls: [{ name: "search_resources", input: { text: name } }] };
  const reasons = sayReasons(output, question);
  if (!first)
    return {
      say: `${checked}${sayNotFlagged(name, inventory?.output as unknown as ResourceSearchOutput, reasons)}`,
    };
  const index = Math.max(0, bestRow(output.rows, name));
  const row = output.rows[index]!;
  // What was asked for is not what is recommended for it.
  const types = question.recommendationTypes ?? [];
  const isOther = denies.test(question.text) || types.some((type) => isNotRecommended(output, type));
  const lead =
    isOther && reasons
      ? `What else was looked at for ${code(row.resource.name)} and not found:\n${reasons}\n`
      : "";
  return {
    say: `${checked}${lead}${sayWhy(result.call, `/rows/${index}`, row)}${sayOthers(result.call, output.rows, index)}${next(
      `What did ${word(row.resource.name)} cost`,
    )}`,
  };
}

const asksWhatIsWrong =
  /\bwhat(?:['’]?s| is| are)? (?:wrong|the (?:matter|problems?|issues?))\b|\banything wrong\b|\bproblems? (?:with|of)\b/i;

/** Checks that it fails, before what the rules found. */
function sayChecks(result: CallResult | undefined): string {
  const output = result?.output as unknown as AssessmentOutput | undefined;
  if (!result || !output || output.ranAt === null || output.note) return "";
  if (output.failingCheckCount === 0) return "It fails none of the checks that apply to it.\n\n";
  const many = output.failingCheckCount === 1 ? "check" : "checks";
  return `It fails **${ref(result.call, "/failingCheckCount")}** ${many}, severest first:\n${ownCheckLines(output.checks)}\n`;
}

/** The row of exactly that name before those that only contain it ("vm-1" before "vm-12"). */
function bestRow(rows: readonly Row[], name: string | undefined): number {
  const exact = rows.findIndex(({ resource }) => resource.name.toLowerCase() === name?.toLowerCase());
  return exact < 0 ? 0 : exact;
}

/** "why don't you recommend stopping it", "why was it not flagged". */
const denies = /\b(?:not|never|no)\b|n['’]t\b/i;

const isNotRecommended = ({ notRecommended }: RecommendationList, type: string) =>
  notRecommended.some((one) => one.type === type);

/** Why each kind is not recommended for it, what was asked for first. */
function sayReasons({ notRecommended }: RecommendationList, { recommendationTypes = [] }: Question): string {
  const asked = new Set<string>(recommendationTypes);
  return notRecommended
    .toSorted((a, b) => Number(asked.has(b.type)) - Number(asked.has(a.type)))
    .map(({ typeLabel, because, verdict }) => {
      const told = quotable(because) || "The reason holds figures that are not shown here.";
      return `- ${word(typeLabel)}: ${verdict === "unknown" ? "cannot be told. " : ""}${told}\n`;
    })
    .join("");
}

function sayNotFlagged(
  name: string | undefined,
  found: ResourceSearchOutput | undefined,
  reasons: string,
): string {
  const ask = next("How can we save money");
  if (!name) return `Nothing of that kind is recommended now.${ask}`;
  if (found && found.totalCount === 0) return `There is no resource named "${word(name)}" here.${ask}`;
  return reasons
    ? `${code(name)} is not flagged: no recommendation is open for it. Why not:\n${reasons}${ask}`
    : `${code(name)} is not flagged: there is no open recommendation for it.${ask}`;
}

function sayWhy(at: number, base: string, row: Row): string {
  const saving = row.monthlySavings
    ? `saves **${ref(at, `${base}/monthlySavings`)} a month** at your rates`
    : "saves an amount that the data cannot tell";
  const facts = row.evidence.slice(0, FACTS).map((fact, index) => {
    const isText = fact.unit === "text" || fact.unit === "date" || !/^-?\d+(?:\.\d+)?$/.test(fact.value);
    const value = isText ? word(fact.value) : ref(at, `${base}/evidence/${index}`);
    const window = fact.window ? ` *(${periodInWords(fact.window)})*` : "";
    return `- ${word(fact.label)}: ${value}${window}\n`;
  });
  const against = row.counterEvidence.map(({ looked, found }) =>
    found === null ? `${word(looked)} (not found)` : `${word(looked)} (found: ${word(found)})`,
  );
  const reasons = row.confidenceReasons.map(quotable).filter(Boolean).join(" ");
  const steps = row.steps.map((step) => quotable(step)).filter(Boolean);
  const lines = [
    against.length > 0 ? `Looked for against it: ${against.join("; ")}` : "",
    `Confidence ${ref(at, `${base}/confidenceRatio`)}${reasons ? `: ${reasons}` : ""}`,
    row.monthlySavings ? `How the saving was computed: ${basis(row.basis)}` : "",
    row.target ? `It becomes: ${word(row.target.label)}` : "",
    row.notHereBecause ? quotable(row.notHereBecause) : "",
    steps.length > 0 ? `What to do: ${steps.join(" ")}` : "",
  ].filter(Boolean);
  return `${code(row.resource.name)} is flagged as ${word(row.typeLabel.toLowerCase())}: "${word(row.title)}" ${saving}, ${row.risk} risk.\n${facts.join("")}\n${lines.join("\n\n")}\n\n`;
}

/** The way from days to a month is told in words: its numbers are no findings. */
function basis(text: string): string {
  return (
    quotable(text.replace("× 365/12 a month", "as an average month of the year")) || "see the figures above."
  );
}

function sayOthers(at: number, rows: readonly Row[], shown: number): string {
  const others = rows.flatMap((row, index) => {
    if (index === shown) return [];
    const saving = row.monthlySavings ? ref(at, `/rows/${index}/monthlySavings`) : "saving unknown";
    return [`- ${code(row.resource.name)}: ${word(row.typeLabel.toLowerCase())}, ${saving}\n`];
  });
  const isSame = rows.every(({ resource }) => resource.id === rows[shown]!.resource.id);
  const head = isSame
    ? "Also recommended for it; what cannot be done together is not to be added up:"
    : "Others that fit:";
  return others.length > 0 ? `${head}\n${others.join("")}` : "";
}
