import type { AssessmentOutput, FailingCheck } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import type { CheckExplanation } from "@cloudoptima/tools/assessment/explain-check.tool.ts";
import type { Pillar } from "@cloudoptima/tools/assessment/pillars.ts";
import { dayInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { findAssessment } from "../understand/find-assessment.ts";
import type { Names } from "../understand/names.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { formula, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** Scores are kept by subscription, not by tag: "in production" means the subscription of that name, if there is one. */
function withSubscriptions(question: Question, names: Names): Question {
  const filters = question.filters.map((filter) => {
    const wanted = filter.words.toLowerCase();
    const named = names.of("subscription").filter(({ label }) => label.toLowerCase().includes(wanted));
    if (filter.dimension !== "tag" || filter.exclude || named.length !== 1) return filter;
    return {
      dimension: "subscription" as const,
      values: [named[0]!.key],
      exclude: false,
      words: filter.words,
    };
  });
  return { ...question, filters };
}

/** The resource that is asked about; a word that costs do not know may be one that only the inventory has. */
function resourceOf({ filters, unknownNames }: Question): string | undefined {
  const known = filters.find(
    ({ dimension, exclude, words }) => dimension === "resource" && !exclude && !/^rg-/i.test(words),
  );
  const [only, ...more] = unknownNames;
  const unknown = only && more.length === 0 && !only.knownAs && !only.dimension ? only.words : undefined;
  return known?.words ?? (filters.length === 0 ? unknown : undefined);
}

/** How well the estate is built: a score, what fails, what changed, or what one check is about. */
export function answerAssessment({ question: said, results, names }: Thinking): Thought {
  const question = withSubscriptions(said, names);
  const asked = findAssessment(question.text);
  if (results.length === 0) {
    const { resourceGroup, subscription } = resourceFilterInput(question);
    const place = { ...(resourceGroup ? { resourceGroup } : {}), ...(subscription ? { subscription } : {}) };
    if (asked.checkId)
      return { calls: [{ name: "explain_check", input: { checkId: asked.checkId, ...place } }] };
    const { pillar, severity, by } = asked;
    const resource = asked.wants === "checks" && !by ? resourceOf(question) : undefined;
    const { resourceType } = resource ? {} : asked;
    const limit = question.top ?? LINES;
    const input = {
      ...place,
      ...(pillar ? { pillar } : {}),
      ...(severity ? { severity } : {}),
      ...(resourceType ? { resourceType } : {}),
      ...(by ? { by } : {}),
      ...(resource ? { resource } : {}),
      limit,
    };
    return { calls: [{ name: "get_assessment", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  if (asked.checkId) return { say: sayCheck(result.call, result.output as unknown as CheckExplanation) };
  const output = result.output as unknown as AssessmentOutput;
  const note = tagNote(question);
  if (output.ranAt === null || output.note) {
    return { say: `${word(output.note ?? "Nothing was assessed yet.")}${next("List our resources")}` };
  }
  if (output.pillars.length === 0) return { say: `${sayOfOne(result.call, output)}${note}` };
  if (asked.wants === "unknown") return { say: `${sayUnknown(result.call, output)}${note}` };
  if (output.places.length > 0) return { say: `${sayPlaces(result.call, output)}${note}` };
  if (asked.wants === "change") return { say: `${sayChange(result.call, output)}${note}` };
  if (asked.wants === "checks") return { say: `${sayFailing(result.call, output)}${note}` };
  return { say: `${sayScores(result.call, output, asked.order)}${note}` };
}

const sayTag = (questionWords: readonly string[]) =>
  `Not limited to ${join(questionWords.map(word))}: scores are kept by subscription and resource group, not by tag or region.\n`;

function tagNote({ filters }: Question): string {
  const left = filters.filter(({ dimension }) => dimension === "tag" || dimension === "region");
  return left.length > 0 ? sayTag(left.map(({ words }) => words)) : "";
}

const inScope = ({ scope }: AssessmentOutput) => (scope ? ` *(${word(scope)})*` : "");

function sayScores(at: number, output: AssessmentOutput, order: "worst" | "best" | undefined): string {
  const known = output.pillars
    .map((score, index) => ({ ...score, base: `/pillars/${index}` }))
    .filter(({ scorePercent }) => scorePercent !== null)
    .sort((a, b) => (Number(a.scorePercent) - Number(b.scorePercent)) * (order === "best" ? -1 : 1));
  const [first] = known;
  if (!first) return `The data tells nothing of that${inScope(output)}.\n`;
  const line = ({ base, label }: typeof first) =>
    `${word(label)} ${ref(at, `${base}/scorePercent`)}, ${ref(at, `${base}/failedCount`)} failed and ${ref(at, `${base}/passedCount`)} passed`;
  if (known.length === 1) {
    return `**${word(first.label)} scores ${ref(at, `${first.base}/scorePercent`)}**${inScope(output)}: ${ref(at, `${first.base}/failedCount`)} results failed and ${ref(at, `${first.base}/passedCount`)} passed, weighted by severity. The data could tell ${ref(at, `${first.base}/coveragePercent`)}.\n${checkLines(at, output.checks)}${next(explainFirst(output))}`;
  }
  const lines = known.map((score) => `- ${line(score)}\n`).join("");
  const head = order
    ? `**${word(first.label)}** is the ${order === "worst" ? "weakest" : "strongest"} pillar${inScope(output)}: ${ref(at, `${first.base}/scorePercent`)}.`
    : `The estate scores **${ref(at, "/overallScorePercent")}** over the Well-Architected pillars${inScope(output)}.`;
  return `${head}\n${lines}${next(explainFirst(output), "Which checks fail")}`;
}

function sayFailing(at: number, output: AssessmentOutput): string {
  if (output.failingCheckCount === 0) {
    return `As far as the data tells, no check fails${inScope(output)}.\n${next("What is our security score")}`;
  }
  return `**${ref(at, "/failingCheckCount")} checks** fail${inScope(output)}, severest first:\n${checkLines(at, output.checks)}${next(explainFirst(output))}`;
}

function checkLines(at: number, checks: readonly FailingCheck[]): string {
  return checks
    .map(
      (check, index) =>
        `- ${word(check.checkId)} (${check.severity}): ${ref(at, `/checks/${index}/failedCount`)} fail: ${word(check.question)}\n`,
    )
    .join("");
}

/** One resource passes or fails; a score is of many. */
function sayOfOne(at: number, output: AssessmentOutput): string {
  const name = `\`${String(output.scope).replace(/[`{}]/g, "'")}\``;
  if (output.failingCheckCount === 0)
    return `${name} fails none of the checks that apply to it, as far as the data tells.\n${next("Which checks fail")}`;
  return `**${ref(at, "/failingCheckCount")}** ${output.failingCheckCount === 1 ? "check fails" : "checks fail"} for ${name}, severest first:\n${ownCheckLines(output.checks)}${next(explainFirst(output))}`;
}

/** What one resource fails: there is nothing to count. */
export function ownCheckLines(checks: readonly FailingCheck[]): string {
  return checks
    .map(({ checkId, severity, question }) => `- ${word(checkId)} (${severity}): ${word(question)}\n`)
    .join("");
}

/** What the data cannot tell: beside the score, as it counts neither as passed nor as failed. */
function sayUnknown(at: number, output: AssessmentOutput): string {
  const pillars = output.pillars.flatMap(({ label, unknownCount }, index) =>
    unknownCount > 0 ? [{ label, pointer: `/pillars/${index}/unknownCount` }] : [],
  );
  if (pillars.length === 0) {
    return `Every check could be judged${inScope(output)}.\n${next("Which checks fail")}`;
  }
  const counts = pillars.map(({ pointer }) => `${at}:${pointer}`);
  const all = counts.length > 1 ? formula("sum", counts) : ref(at, pillars[0]!.pointer);
  const byPillar = pillars.map(({ label, pointer }) => `${word(label)} ${ref(at, pointer)}`);
  const lines = output.unknownChecks
    .slice(0, LINES)
    .map(
      ({ checkId, question }, index) =>
        `- ${word(checkId)}: ${ref(at, `/unknownChecks/${index}/unknownCount`)} unknown: ${word(question)}\n`,
    );
  return `**${all} results** could not be told${inScope(output)}, because the inventory does not say: ${join(byPillar)}. They count neither as passed nor as failed.\n${lines.join("")}${next(`What is ${word(output.unknownChecks[0]?.checkId)}`)}`;
}

function sayChange(at: number, output: AssessmentOutput): string {
  const { previous, trend, pillars } = output;
  const subject = pillars.length === 1 ? word(pillars[0]!.label) : "The estate";
  if (!previous) {
    const day = output.ranAt?.slice(0, 10);
    const since = day ? ` It was first assessed on ${dayInWords(day)}` : " There was one run only";
    return `${subject} scores **${ref(at, "/overallScorePercent")}**${inScope(output)}.${since}: there is no earlier run, so nothing can be compared yet.\n${next(explainFirst(output))}`;
  }
  const start = trend.length > 1 ? trend[0] : undefined;
  const since = start ? ` On ${start.day} it was ${ref(at, "/trend/0/overallScorePercent")}.` : "";
  const before =
    output.previousOverallScorePercent === null
      ? ""
      : `, after ${ref(at, "/previousOverallScorePercent")} at the run before`;
  return `${pillars.length === 1 ? `The score of ${subject.toLowerCase()}` : "The score"} is **${ref(at, "/overallScorePercent")}**${before}${inScope(output)}.${since}\nSince that run ${ref(at, "/previous/newCount")} failures are new and ${ref(at, "/previous/fixedCount")} are fixed.\n${next(explainFirst(output))}`;
}

function sayPlaces(at: number, output: AssessmentOutput): string {
  const lines = output.places
    .map((place, index) => ({ place, base: `/places/${index}` }))
    .filter(({ place }) => place.overallScorePercent !== null)
    .slice(0, LINES)
    .map(
      ({ place, base }) =>
        `- ${word(place.label)}: ${ref(at, `${base}/overallScorePercent`)}, ${ref(at, `${base}/failedCount`)} failed\n`,
    );
  const [worst] = output.places;
  const what =
    output.pillars.length === 1 ? `${word(output.pillars[0]!.label.toLowerCase())} score` : "score";
  return `**${word(worst?.label)}** has the lowest ${what}, ${ref(at, "/places/0/overallScorePercent")}${inScope(output)}. Lowest first:\n${lines.join("")}${next(`Which checks fail in ${word(worst?.label)}`)}`;
}

const pillarNames: Record<Pillar, string> = {
  cost_optimization: "cost optimization",
  reliability: "reliability",
  security: "security",
  performance_efficiency: "performance efficiency",
  operational_excellence: "operational excellence",
};

function sayCheck(at: number, check: CheckExplanation): string {
  const names = check.failing
    .slice(0, LINES)
    .map(
      ({ name, resourceGroup }) =>
        `- \`${name.replace(/[`{}]/g, "'")}\`${resourceGroup ? ` (${word(resourceGroup)})` : ""}\n`,
    );
  const unknown = check.unknownCount > 0 ? ` Of ${ref(at, "/unknownCount")} the data does not tell.` : "";
  const list = names.length > 0 ? `These fail, the first by name:\n${names.join("")}` : "";
  return `**${word(check.checkId)}** (${pillarNames[check.pillar]}, ${check.severity}): ${word(check.question)}\n${ref(at, "/failedCount")} resources fail and ${ref(at, "/passedCount")} pass.${unknown}\nWhy: ${word(check.why)}\nFix: ${word(check.fix)}\n${list}${next("Which checks fail")}`;
}

function explainFirst({ checks }: AssessmentOutput): string | undefined {
  const [first] = checks;
  return first && `What is ${word(first.checkId)}`;
}
