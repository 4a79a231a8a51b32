import { comparablePeriod } from "@cloudoptima/tools/costs/comparable-period.ts";
import type { Question } from "../question.ts";
import { findChangeScope } from "./change-scope.ts";
import { findChangeRequest } from "./find-change-request.ts";
import { isAboutCost } from "./find-intent.ts";
import { mergeMetrics } from "./find-metrics.ts";
import { findKind, findResources } from "./find-resources.ts";
import { wantsCost } from "./resource-questions.ts";
import { saidNames } from "./said-names.ts";

const opening =
  /^\s*(?:and|or|but|so|also|then|ok(?:ay)?|now|what about|how about|what of|only|just|same|instead|for|in|by|per|with(?:out)?|excluding|except|not|show (?:me )?(?:it|that|this|the same)|break (?:it|that|this|them)|split (?:it|that|this)|group (?:it|that|this)|why|which (?:one|of)|the same|as (?:an?|billed|list|amorti[sz]ed)|use|make (?:it|that)|drill|zoom|more detail|compare (?:it|that|this)|list (?:them|it)|that one|the (?:first|second|third|last|other|tag|region|service|subscription|resource group|team|former|latter))\b|^\s*(?:it|that|this|them|those|these)\b/i;
const pronoun =
  /\b(?:it|its|that|this|they|their|them|those|these|same|there|both)\b(?!\s+(?:month|week|quarter|year|day|weekend|period))/i;
const pointsBack = /\b(?:they|them|those|these)\b(?!\s+(?:days|weeks|months|numbers|figures)\b)/i;
const listed = new Set(["search", "recommendations", "savings", "cost"]);
const ofCommitments =
  /^(?:and |so |but )?(?:how (?:much|many|well)|what(?: share| part)?|which|is|are)\b.{0,40}\b(?:unused|used|wasted|utili[sz]\w+|cover\w*|they|them|it|cost)\b.{0,20}$/i;
const costIntents = new Set(["cost", "trend", "compare", "explain"]);

/** Joins a message with the question before it when it only makes sense so; else it stands alone. */
export function mergeFollowUp(question: Question, before: Question | undefined): Question {
  if (!before) return question;
  if (question.intent === "metrics" && !question.metrics?.things.length) {
    return { ...question, metrics: mergeMetrics(question, before) };
  }
  if (saysWhichToChange(question, before))
    return { ...question, intent: "change", text: `${before.text}: ${question.text}` };
  if (asksForTotal.test(question.text) && ["recommendations", "savings"].includes(before.intent))
    return { ...before, intent: "savings", text: question.text, top: undefined, unread: undefined };
  // "how much is unused?" after what commitments do is about them.
  if (before.intent === "commitments" && ofCommitments.test(question.text) && !findKind(question.text))
    return {
      ...before,
      text: question.text,
      periods: question.periods.length > 0 ? question.periods : before.periods,
    };
  // What was asked is asked again: its answer draws what there is to draw.
  if (onlyDrawn.test(question.text)) return { ...before, text: before.text };
  if (!isFollowUp(question, before)) return question;
  const merged: Question = {
    ...before,
    ...defined(question),
    text: question.text,
    filters: mergeFilters(question, before),
    periods: question.periods.length > 0 ? question.periods : before.periods,
    unknownNames: question.unknownNames,
    ambiguousNames: [],
    ambiguousPeriod: question.ambiguousPeriod,
    unsupportedPeriod: question.unsupportedPeriod,
    measure: question.measure === "amount" ? before.measure : question.measure,
    readAs: question.readAs,
    notes: question.notes,
    metrics: mergeMetrics(question, before),
  };
  merged.intent = mergedIntent(question, before);
  // "and rg-web?" after the owner of one thing: of that place, not of the thing within it.
  if (merged.intent === "owner" && question.filters.length > 0) merged.filters = question.filters;
  // "only the stopped ones", "what do they cost": of the same things.
  if (merged.intent === "search" && before.resources && !question.resources) {
    const { status } = findResources(question.text);
    merged.resources = {
      ...before.resources,
      ...(status ? { status } : {}),
      ...(wantsCost(question.text) ? { wantsCost: true } : {}),
    };
  }
  if (question.periods.length === 0) merged.periods = shiftedPeriods(question.text, before.periods);
  // "compare that with September": the period before and the new one.
  const [own] = before.periods;
  if (
    question.intent === "compare" &&
    question.periods.length === 1 &&
    before.periods.length === 1 &&
    pronoun.test(question.text) &&
    own
  ) {
    merged.periods = [own, ...question.periods];
  }
  if (question.groupBy && !question.top) merged.top = undefined;
  const [answered, ...open] = before.ambiguousNames;
  const choice = answered && chooseOption(question.text, answered);
  if (choice) {
    merged.filters = [
      ...before.filters,
      ...question.filters.filter((filter) => filter.words.toLowerCase() !== answered.words.toLowerCase()),
      choice,
    ];
    merged.ambiguousNames = open;
    merged.unknownNames = [];
    merged.groupBy = before.groupBy;
  } else {
    merged.ambiguousNames = question.ambiguousNames;
  }
  return merged;
}

/** "how much in total?" after what could be saved: their savings together. */
const asksForTotal =
  /^\s*(?:and |so |ok |then )?(?:(?:how much|what)(?:['’]?s| is| are| does| do| would| will)?(?: (?:that|it|they|this|those|these))?(?: (?:come to|add up to|make|bring|save(?: us)?))?(?: all)?(?: (?:in total|altogether|together|all together|overall|combined|the total|the sum))|(?:(?:and )?the |in )?(?:total|sum|altogether|all together))\s*[?.!]*$/i;

/** "stop those", "which ones?", "vm-1 and vm-2": the names that the change before left open. */
function saysWhichToChange(question: Question, before: Question): boolean {
  const names = saidNames(question);
  if (before.intent !== "change" || names.length === 0) return false;
  const rest = names.reduce((text, name) => text.replaceAll(name, ""), question.text);
  const isOnlyNames = !/[a-z]/i.test(
    rest.replace(/\b(?:and|just|only|the|please|both|vms?|machines?|disks?)\b/gi, ""),
  );
  return isOnlyNames && findChangeScope(before, findChangeRequest(before.text), [], false).kind === "open";
}

/** "show me as a chart", "can you plot that?": how the answer is to be told, and of what was asked before. */
const onlyDrawn =
  /^\s*(?:(?:ok|and|now|please|can|could|you)\s+)*(?:(?:show|give|draw|plot|chart|graph|visuali[sz]e|display|make)(?: (?:me|us))?(?: (?:it|that|this|them|those|the same))?(?: (?:as|in|on|with))?(?: an?| the)?(?: (?:bar|line|nice|pie))?(?: (?:charts?|graphs?|plots?|diagrams?|tables?|picture))?|as an? (?:\w+ )?(?:charts?|graphs?|tables?|plots?))(?: please)?\s*[?.!]*$/i;

const periodBefore =
  /\b(?:the )?(?:day|week|month|quarter|year|period|one) (?:before|prior)\b|\b(?:the )?(?:previous|prior|preceding) (?:one|period|day|week|month|quarter|year)\b|\bbefore (?:that|it|then)\b/i;

/** "and the quarter before?" after a question about a quarter: the one before it, of the same kind. */
function shiftedPeriods(text: string, periods: Question["periods"]): Question["periods"] {
  const [first] = periods;
  if (!first || periods.length > 1 || !periodBefore.test(text)) return periods;
  return [{ ...first, period: comparablePeriod(first.period) }];
}

function isFollowUp(question: Question, before: Question): boolean {
  const { text, intent } = question;
  if (["thanks", "help", "terms", "forecast", "change", "not_built", "freshness"].includes(intent))
    return false;
  const words = text.split(/\s+/).length;
  if (before.ambiguousNames.length > 0 && words <= 8) return true;
  if (before.unknownNames.length > 0 && words <= 4 && !isAboutCost(text)) return true;
  if (opening.test(text) && (words <= 8 || pronoun.test(text))) return true;
  // "how much would we save if we deleted them": those that were listed.
  if (
    pointsBack.test(text) &&
    !findKind(text)?.type &&
    listed.has(intent) &&
    listed.has(before.intent) &&
    question.filters.length === 0
  )
    return true;
  if (
    words <= 8 &&
    pronoun.test(text) &&
    (intent === "unknown" || intent === "owner" || costIntents.has(intent))
  )
    return true;
  // Fragments: "last month?", "production only", "by region", "EC2".
  const isFragment =
    !/\b(?:what|how|show|list|which|why|when|where|who|give|compare|tell|is|are|do|did)\b/i.test(text);
  return isFragment && words <= 5 && hasContent(question);
}

function hasContent(question: Question): boolean {
  const { periods, groupBy, filters, costKind, granularity, unknownNames, top, threshold } = question;
  const names = periods.length + filters.length + unknownNames.length > 0;
  return names || !!groupBy || !!costKind || !!granularity || !!top || !!threshold;
}

const asksForList = /\b(?:what|which|how|list|show|find|count)\b/i;

function mergedIntent(question: Question, before: Question): Question["intent"] {
  if (question.intent === "explain" || question.intent === "compare") return question.intent;
  if (question.measure === "share" && costIntents.has(before.intent)) return "cost";
  if (question.intent === "trend" && question.granularity) return "trend";
  if (question.intent === "search" && before.intent === "metrics") return "metrics";
  // "and the disks of rg-web?" after who owns something: who owns those.
  if (question.intent === "search" && before.intent === "owner" && !asksForList.test(question.text))
    return "owner";
  if (question.intent === "unknown" || question.intent === "cost") {
    // "and by region?" after a comparison or an explanation asks for a breakdown of the same.
    if (question.groupBy && before.intent === "explain") return "compare";
    if (
      [
        "cost",
        "trend",
        "compare",
        "explain",
        "search",
        "recommendations",
        "savings",
        "realized",
        "metrics",
        "owner",
      ].includes(before.intent)
    )
      return before.intent;
    return hasContent(question) ? "cost" : question.intent;
  }
  return question.intent;
}

/** A new value of a dimension replaces the old one ("what about EC2?"); another dimension narrows ("only production"). */
function mergeFilters(question: Question, before: Question): Question["filters"] {
  const isSame = (a: Question["filters"][number], b: Question["filters"][number]) =>
    a.dimension === b.dimension && a.tagKey === b.tagKey;
  const kept = before.filters.filter(
    (old) => !question.filters.some((added) => isSame(old, added) && !added.exclude),
  );
  return [...kept, ...question.filters];
}

function chooseOption(text: string, ambiguous: Question["ambiguousNames"][number]) {
  const plain = text.toLowerCase();
  const ordinal = /\b(first|second|third|last|former|latter)\b/.exec(plain)?.[1];
  if (ordinal) {
    const index = {
      first: 0,
      former: 0,
      second: 1,
      latter: ambiguous.options.length - 1,
      third: 2,
      last: ambiguous.options.length - 1,
    }[ordinal];
    return ambiguous.options[index ?? 0];
  }
  return (
    ambiguous.options.find(({ dimension, tagKey }) =>
      [tagKey, dimension === "tag" ? tagKey : dimension.replaceAll("_", " ")].some(
        (name) => name && new RegExp(`\\b${name.replace(/[^\w ]/g, ".")}s?\\b`, "i").test(plain),
      ),
    ) ??
    (/\btags?\b/.test(plain) ? ambiguous.options.find(({ dimension }) => dimension === "tag") : undefined)
  );
}

/** Only what the new message says. */
function defined(question: Question): Partial<Question> {
  return Object.fromEntries(
    Object.entries(question).filter(
      ([key, value]) => value !== undefined && !(key === "order" && value === "most"),
    ),
  );
}
