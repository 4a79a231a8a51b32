import { answerParts } from "./answer-parts.ts";
import { answerAllocation } from "./answers/allocation.ts";
import { askBack } from "./answers/ask-back.ts";
import { answerAssessment } from "./answers/assessment.ts";
import { answerChange } from "./answers/change.ts";
import { answerCommitments } from "./answers/commitments.ts";
import { answerCompare } from "./answers/compare.ts";
import { answerCost } from "./answers/cost.ts";
import { answerExplain } from "./answers/explain.ts";
import { answerFreshness } from "./answers/freshness.ts";
import { answerKnowledge } from "./answers/knowledge.ts";
import { sayLeftOut } from "./answers/left-out.ts";
import { answerMetrics } from "./answers/metrics.ts";
import { answerOwner } from "./answers/owner.ts";
import { answerProposals } from "./answers/proposals.ts";
import { answerReadings } from "./answers/readings.ts";
import { answerRealized } from "./answers/realized.ts";
import { answerRecommendations } from "./answers/recommendations.ts";
import { answerReconcile } from "./answers/reconcile.ts";
import { answerRelationships } from "./answers/relationships.ts";
import { answerResourceChanges } from "./answers/resource-changes.ts";
import { answerSavings } from "./answers/savings.ts";
import { answerSavingsPlan } from "./answers/savings-plan.ts";
import { answerSearch } from "./answers/search.ts";
import {
  answerForecast,
  answerHelp,
  answerNotBuilt,
  answerTerms,
  answerThanks,
  answerUnknown,
} from "./answers/talk.ts";
import { answerTrend } from "./answers/trend.ts";
import { answerUnmanagedDisks } from "./answers/unmanaged-disks.ts";
import { answerViolations } from "./answers/violations.ts";
import { answerWhyRecommended } from "./answers/why-recommended.ts";
import { answerWithinData } from "./answers/within-data.ts";
import { sayNotes } from "./answers/write.ts";
import type { Intent, Question } from "./question.ts";
import type { Call, Thinking, Thought } from "./thought.ts";
import type { AnalystOptions, AnalystTurn } from "./turn.ts";
import { findParts } from "./understand/find-parts.ts";
import { mergeFollowUp } from "./understand/merge-follow-up.ts";
import { Names } from "./understand/names.ts";
import { understandQuestion } from "./understand/understand-question.ts";

const answers: Record<Intent, (thinking: Thinking) => Thought> = {
  cost: answerCost,
  trend: answerTrend,
  compare: answerCompare,
  explain: answerExplain,
  search: answerSearch,
  recommendations: answerRecommendations,
  savings: answerSavings,
  realized: answerRealized,
  commitments: answerCommitments,
  savings_plan: answerSavingsPlan,
  why_recommended: answerWhyRecommended,
  freshness: answerFreshness,
  reconcile: answerReconcile,
  relationships: answerRelationships,
  resource_changes: answerResourceChanges,
  owner: answerOwner,
  metrics: answerMetrics,
  unmanaged_disks: answerUnmanagedDisks,
  allocation: answerAllocation,
  assessment: answerAssessment,
  violations: answerViolations,
  knowledge: answerKnowledge,
  help: answerHelp,
  thanks: answerThanks,
  terms: answerTerms,
  change: answerChange,
  proposals: answerProposals,
  forecast: answerForecast,
  not_built: answerNotBuilt,
  outside: answerUnknown,
  unknown: answerUnknown,
};
// A loop of calls would be a defect of ours; this ends it honestly.
const MOST_ROUNDS = 4;

function answerOne(thinking: Thinking): Thought {
  return answerWithinData(thinking, (one) => {
    const thought = answerReadings(one) ?? answers[one.question.intent](one);
    return "say" in thought ? { say: sayNotes(thought.say, one.question, one.results) } : thought;
  });
}

/** The analyst's next step. Earlier messages are read again each time: the same words give the same answer. */
export function think(turn: AnalystTurn, options: AnalystOptions, tools: ReadonlySet<string>): Thought {
  const names = new Names(options.vocabulary);
  const today = Temporal.PlainDate.from(options.today);
  const understanding = { names, today, examples: options.examples };
  const questions: Question[] = [];
  for (const message of turn.said)
    questions.push(mergeFollowUp(understandQuestion(message, understanding), questions.at(-1)));
  const [before, question] = [questions.at(-2), questions.at(-1)];
  if (!question) return { say: "Ask something about your cloud's cost." };
  const common: Omit<Thinking, "question"> = { results: turn.results, names, today, tools };
  if (before && question.intent === "change")
    common.before = { questions: questions.slice(0, -1), calls: listAgain(before, common) };
  const parts = findParts(turn.said.at(-1) ?? "", question, before, understanding, common);
  const asked = turn.results.length === 0 && !parts.questions ? askBack({ ...common, question }) : undefined;
  const thought = asked ?? answerParts(parts.questions ?? [question], common, answerOne);
  if ("say" in thought) {
    if (asked) return thought;
    return { say: sayLeftOut(thought.say, parts.leftOut) };
  }
  const missing = thought.calls.find(({ name }) => !tools.has(name));
  if (missing || turn.results.length >= MOST_ROUNDS * 4) {
    return { say: "That can't be answered here: the tool for it is missing." };
  }
  return thought;
}

/** The one call that lists what the answer before was about; none where it listed no resources. */
function listAgain(before: Question, common: Omit<Thinking, "question">): Call[] {
  const asked = { ...common, question: before, results: [] };
  if (before.intent === "change" || askBack(asked)) return [];
  const thought = answerOne(asked);
  const calls = "calls" in thought ? thought.calls : [];
  const lists = new Set(["search_resources", "list_recommendations"]);
  return calls.length === 1 && calls.every(({ name }) => lists.has(name)) ? calls : [];
}
