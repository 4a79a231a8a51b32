import type { Question } from "../question.ts";
import { commitmentQuestion, namesCommitments } from "./commitment-questions.ts";
import { findAgeAndSize } from "./find-age-and-size.ts";
import { findChange, findChangeBothWays } from "./find-details.ts";
import { isAboutCost } from "./find-intent.ts";
import { findMetrics } from "./find-metrics.ts";
import { findRecommendationStatus } from "./find-recommendation-status.ts";
import { findRecommendationTypes, namesFinding } from "./find-recommendation-types.ts";
import { findResources } from "./find-resources.ts";
import { isRecurring } from "./recurring-periods.ts";
import {
  countedBy,
  isCostOfState,
  isCostOfType,
  isDearestOfEach,
  isDearestOfType,
  missingTag,
  wantsCost,
} from "./resource-questions.ts";

const weighsValues =
  /\b(?:which|what|who|is|are|does|do|did)\b.*\b(?:cheaper|dearer|pricier|more expensive|less expensive|(?:costs?|spends?|spent|paid|pays?) (?:us )?(?:the )?(?:more|less|most|least)|bigger|larger|higher|lower|smaller|more|less)\b.*(?:\bor\b|\bthan\b|,)/i;

const weighsBySum =
  /\b(?:how much|by how much)\b.*\b(?:more|less|cheaper|dearer|higher|lower)\b|\b(?:difference|gap) between\b/i;

const averageOfThing =
  /\b(?:average|avg|mean)\b.*\b(?:of|per|for) (?:a|an|each|one|every) (?!day\b|month\b|week\b)\w+/i;

const addsUp =
  /\b(?:plus|together|combined|in total|total (?:of|for)|sum(?: of| up)?|added up|altogether)\b|\btotal\s*\??$/i;
const stepsOfTime =
  /\b(?:any|which|what|how many|were there|list|show|on)(?: me)?(?: the| of the| single| all)* (day|week|month)s\b/i;
/** What of a message weighs on its reading beside the question itself. */
export interface Hints {
  wantsUntagged: boolean;
  notBuilt?: string;
  tagKeys: readonly string[];
  /** The inventory knows Azure's types only. */
  hasAzure: boolean;
}

/** What the parts of a question mean together: which kind of answer they ask for. */
export function refine(question: Question, hints: Hints): Question {
  const { text, intent } = question;
  if (commitmentQuestion(text) && !["change", "terms", "why_recommended"].includes(intent)) {
    return toCommitments(question);
  }
  if (intent === "metrics") {
    const metrics = findMetrics(question);
    return {
      ...question,
      metrics,
      groupBy: undefined,
      unknownNames: [],
      ambiguousNames: [],
      readAs: [],
      alsoSpelled: [],
    };
  }
  if (intent === "unmanaged_disks")
    return {
      ...question,
      groupBy: undefined,
      unknownNames: [],
      ambiguousNames: [],
      readAs: [],
      alsoSpelled: [],
    };
  // Its own words were read; how names of costs are spelled says nothing about it.
  if (intent === "knowledge")
    return { ...question, unknownNames: [], ambiguousNames: [], readAs: [], alsoSpelled: [] };
  if (["assessment", "violations", "reconcile"].includes(intent))
    return { ...question, readAs: [], alsoSpelled: [] };
  // Names that only the inventory has are none of costs.
  if (intent === "resource_changes")
    return {
      ...question,
      groupBy: undefined,
      unknownNames: [],
      ambiguousNames: [],
      readAs: [],
      alsoSpelled: [],
    };
  if (intent === "owner") return ofPlaces(question);
  // It is looked for by the name that was said, not by how costs would have read it.
  if (intent === "relationships") return { ...question, readAs: [] };
  // What was done is found by its resource: a kind of thing in its name says nothing about the finding.
  if (intent === "realized") return { ...question, readAs: [], alsoSpelled: [] };
  // "savings by category", "which team wastes the most": what they save by type, place or tag.
  if (["recommendations", "savings"].includes(intent) && question.groupBy && isSavingsGroup(question)) {
    return {
      ...question,
      intent: "savings",
      recommendationTypes: findRecommendationTypes(text),
    };
  }
  // "is vm-1 too big", "should we move orders to serverless": what is found on one thing, or why nothing is.
  if (intent === "recommendations" && isOfOne(question) && !findRecommendationStatus(text)) {
    return refine({ ...question, intent: "why_recommended" }, hints);
  }
  // When a saving is wanted ("this week") says nothing about which it is; nor do names that look like mistyped words.
  if (intent === "savings_plan" || intent === "why_recommended")
    return { ...question, recommendationTypes: findRecommendationTypes(text), readAs: [], alsoSpelled: [] };
  if (intent === "recommendations" && namesFinding(text)) {
    const { unsupportedPeriod: _, ...rest } = question;
    return { ...rest, recommendationTypes: findRecommendationTypes(text) };
  }
  // "the most expensive day and why": which day it is comes first.
  if (intent === "explain" && question.extreme && question.periods.length < 2) {
    const { granularity } = question.extreme;
    const note =
      "Why it was so is told of one period against another: ask why it differs from the one before.";
    return { ...question, intent: "trend", granularity, notes: [...(question.notes ?? []), note] };
  }
  const change = findChangeBothWays(text) ? undefined : findChange(text);
  if (hints.notBuilt && !["change", "recommendations", "search"].includes(intent)) {
    return { ...question, intent: "not_built", asked: hints.notBuilt };
  }
  // What nobody used of them is a kind of charge, whether there is any or not.
  const asksUnused =
    question.filters.some(({ dimension }) => dimension === "charge_kind") ||
    question.unknownNames.some(({ dimension }) => dimension === "charge");
  if (asksUnused && ["recommendations", "savings", "search", "help", "unknown"].includes(intent)) {
    return refine({ ...question, intent: "cost" }, hints);
  }
  // Whatever else is asked of them: what they cost and how they are used.
  if (!asksUnused && namesCommitments(text) && intent !== "change" && intent !== "terms") {
    return toCommitments(question);
  }
  // "which tags does orders have": its own, not those that costs are divided by.
  const named = question.wantsTags ? namedResource(question) : undefined;
  if (named)
    return {
      ...question,
      intent: "search",
      groupBy: undefined,
      filters: [named],
      ambiguousNames: [],
      resources: findResources("resources"),
    };
  if (question.wantsTags) return { ...question, intent: "cost" };
  const tagGroup = question.groupBy?.dimension === "tag" ? question.groupBy.tagKey : undefined;
  if (hints.wantsUntagged && tagGroup && intent !== "search" && intent !== "recommendations") {
    const untagged = {
      dimension: "tag" as const,
      tagKey: tagGroup,
      values: ["(untagged)"],
      exclude: false,
      words: `no ${tagGroup} tag`,
    };
    return refine(
      { ...question, groupBy: undefined, filters: [...question.filters, untagged] },
      { ...hints, wantsUntagged: false },
    );
  }
  if (hints.wantsUntagged && intent !== "search" && intent !== "recommendations") {
    question.ambiguousNames.push({
      words: "untagged",
      options: hints.tagKeys.map((tagKey) => ({
        dimension: "tag" as const,
        tagKey,
        values: ["(untagged)"],
        exclude: false,
        words: `no ${tagKey} tag`,
      })),
    });
    if (intent === "unknown") return { ...question, intent: "cost" };
  }
  const { groupBy } = question;
  const isByAge = intent === "search" && findAgeAndSize(text) !== undefined;
  const countBy = intent === "search" && !isByAge ? countedBy(question) : undefined;
  if (countBy) {
    const resources = { ...findResources(text), ...missingTag(question, hints.wantsUntagged), countBy };
    return { ...question, groupBy: undefined, resources };
  }
  if (intent === "search" && groupBy && groupBy.dimension !== "resource") {
    return { ...question, intent: "cost" };
  }
  if (intent === "search") {
    return {
      ...question,
      resources: {
        ...findResources(text),
        ...findAgeAndSize(text),
        ...missingTag(question, hints.wantsUntagged),
        ...(wantsCost(text) ? { wantsCost: true } : {}),
      },
    };
  }
  if ((isCostOfType(question) || isCostOfState(question)) && hints.hasAzure)
    return {
      ...question,
      intent: "search",
      unknownNames: [],
      resources: { ...findResources(text), wantsCost: true },
    };
  if (intent === "cost" && isDearestOfEach(question) && hints.hasAzure) {
    return {
      ...question,
      dearestOfEach: true,
      filters: question.filters.filter(({ dimension }) => dimension !== "service"),
      unknownNames: [],
      resources: findResources(text),
    };
  }
  if (intent === "cost" && isDearestOfType(question)) {
    return { ...question, dearestOfType: true, resources: findResources(text) };
  }
  if (intent === "recommendations" || intent === "savings" || intent === "change") {
    return { ...question, recommendationTypes: findRecommendationTypes(text) };
  }
  if (
    intent === "explain" &&
    !change &&
    question.periods.length === 0 &&
    isAboutCost(text) &&
    !/\bwhy\b.*\b(?:so|much|high|low|expensive)\b|\bwhat changed\b|\bwhy\b|\bhow come\b/i.test(text)
  ) {
    return { ...question, intent: "cost" };
  }
  if (question.costKinds && question.periods.length < 2 && (intent === "compare" || intent === "cost")) {
    return { ...question, intent: "cost" };
  }
  if (
    intent === "compare" &&
    question.groupBy?.dimension === "charge_kind" &&
    question.periods.length < 2 &&
    !change
  ) {
    return { ...question, intent: "cost" };
  }
  // "AWS vs Azure", "which is cheaper, dev or prod": two values side by side, not two periods.
  const several = question.filters.find(({ parts, exclude }) => parts && !exclude);
  // "prod vs dev, month over month": each of them against the period before.
  if (
    several &&
    !question.groupBy &&
    intent === "compare" &&
    (isRecurring(text) || question.periods.length === 2)
  ) {
    const { dimension, tagKey } = several;
    return {
      ...question,
      groupBy: { dimension, ...(tagKey ? { tagKey } : {}) },
      ...(change ? { change } : {}),
    };
  }
  const weighs =
    weighsBySum.test(text) ||
    (intent === "compare" ? !change || weighsValues.test(text) : weighsValues.test(text));
  if (
    (intent === "compare" || intent === "cost") &&
    several &&
    weighs &&
    question.periods.length < 2 &&
    question.measure === "amount"
  ) {
    const { dimension, tagKey } = several;
    return {
      ...question,
      intent: "cost",
      groupBy: { dimension, ...(tagKey ? { tagKey } : {}) },
      versus: true,
    };
  }
  // "any days over $4,000": the points of a trend are counted, not the groups of a breakdown.
  const steps = stepsOfTime.exec(text)?.[1];
  if (
    question.threshold &&
    steps &&
    !question.groupBy &&
    ["cost", "compare", "search", "unknown", "trend"].includes(intent)
  ) {
    const granularity = ({ day: "daily", week: "weekly", month: "monthly" } as const)[
      steps.toLowerCase() as "day"
    ];
    return { ...question, intent: "trend", granularity };
  }
  // "more than a dollar" is a limit, no comparison.
  if (question.threshold && intent === "compare" && question.periods.length < 2 && !change) {
    return refine({ ...question, intent: "cost" }, hints);
  }
  // Three periods are told one by one, and so are two that are to be added up.
  const isList = question.periods.length > 2 || (question.periods.length === 2 && addsUp.test(text));
  if (isList && (intent === "compare" || intent === "cost")) return { ...question, intent: "cost" };
  if (intent === "compare" || intent === "explain") return { ...question, ...(change ? { change } : {}) };
  // "average cost of a VM" is of things, not of days.
  // A week's average is told with the weeks.
  if (question.measure === "average_per_day" && /\b(?:weekly|per week|a week|each week)\b/i.test(text)) {
    return { ...question, intent: "trend", granularity: "weekly", measure: "amount" };
  }
  const isOfTime = /\b(?:daily|per day|a day|each day|monthly|per month|a month|each month)\b/i.test(text);
  if (question.measure === "average_per_day" && groupBy && (groupBy.dimension === "resource" || !isOfTime)) {
    return { ...question, measure: "amount" };
  }
  // What was bought ahead costs nothing effectively: its cost is in the use. The invoice tells it.
  const buys = question.filters.find(
    ({ dimension, values }) => dimension === "charge_kind" && values.includes("purchase"),
  );
  if (buys && !question.costKind) return refine({ ...question, costKind: "billed" }, hints);
  if (question.measure === "average_per_day" && averageOfThing.test(text)) {
    return { ...question, measure: "amount", groupBy: { dimension: "resource" } };
  }
  // "what did A and B cost": each is told, and both together.
  if (
    intent === "cost" &&
    several &&
    !question.groupBy &&
    !question.threshold &&
    question.measure === "amount"
  ) {
    const { dimension, tagKey } = several;
    return refine({ ...question, groupBy: { dimension, ...(tagKey ? { tagKey } : {}) } }, hints);
  }
  // Two periods side by side compare, whatever the verb.
  if (intent === "cost" && question.periods.length === 2 && question.measure === "amount") {
    return { ...question, intent: "compare", ...(change ? { change } : {}) };
  }
  return question;
}

/** Names of costs say nothing about commitments but where: "D-series" is none of them. */
function toCommitments(question: Question): Question {
  const isEnd = commitmentQuestion(question.text) === "end";
  return {
    ...question,
    intent: isEnd ? "not_built" : "commitments",
    ...(isEnd ? { asked: "tell when a reservation or savings plan ends" } : {}),
    groupBy: undefined,
    unknownNames: [],
    ambiguousNames: [],
    readAs: [],
    alsoSpelled: [],
  };
}

/** Of a name with several meanings the thing or place is meant: a tag's value has no owner. */
function ofPlaces(question: Question): Question {
  const places = ["resource", "resource_group", "subscription"];
  const meant = question.ambiguousNames.flatMap(({ options }) => {
    const [first] = options;
    const place = options.find(({ dimension }) => places.includes(dimension)) ?? first;
    return place ? [place] : [];
  });
  return {
    ...question,
    groupBy: undefined,
    filters: [...question.filters.filter(({ dimension }) => dimension !== "service"), ...meant],
    ambiguousNames: [],
    readAs: [],
    alsoSpelled: [],
  };
}

/** One resource and nothing else is named. */
function isOfOne({ filters }: Question): boolean {
  const [only, ...more] = filters;
  return more.length === 0 && only?.dimension === "resource" && !only.exclude && only.values.length === 1;
}

/** The one resource that is named, be it as one of several things of that name. */
function namedResource({ filters, ambiguousNames }: Question): Question["filters"][number] | undefined {
  const options = [...filters, ...ambiguousNames.flatMap(({ options }) => options)];
  const found = options.filter(({ dimension, exclude }) => dimension === "resource" && !exclude);
  return found.length === 1 ? found[0] : undefined;
}

/** What savings can be told by; kinds of charges are called categories too, and mean the types here. */
function isSavingsGroup({ groupBy }: Question): boolean {
  return ["tag", "resource_group", "subscription", "region", "charge_kind"].includes(groupBy!.dimension);
}
