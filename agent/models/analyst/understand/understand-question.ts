import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";
import type { Question } from "../question.ts";
import { applyCorrection } from "./apply-correction.ts";
import { commonWords } from "./common-words.ts";
import { correctSpelling } from "./correct-spelling.ts";
import {
  findChange,
  findChangeBothWays,
  findCostKind,
  findCostKinds,
  findGranularity,
  findMeasure,
  findThreshold,
  findTop,
} from "./find-details.ts";
import { findFilters } from "./find-filters.ts";
import { findGrouping, findPluralGrouping, findSecondGrouping, findTagPlural } from "./find-grouping.ts";
import { findIntent, findNotBuilt, isAboutCost } from "./find-intent.ts";
import { findRecommendationTypes, findResources } from "./find-resources.ts";
import { matchExamples } from "./match-examples.ts";
import type { Names } from "./names.ts";
import { TextMask } from "./text-mask.ts";

export interface Understanding {
  names: Names;
  today: Temporal.PlainDate;
  /** Example questions by tool name: what a question that no rule knows is likened to. */
  examples: Readonly<Record<string, readonly string[]>>;
}

const countable =
  /\b(?:which|what|top(?: \d+| ten| five| three)?|(?:most|least) (?:expensive|costly)|costliest|priciest|dearest|biggest|largest|cheapest|by|per|each|every)\s+(?:\d+ )?(?:of our |azure |aws |our |sql |cosmos |managed |public )*(?:vms?|virtual machines?|machines|disks?|databases?|storage accounts?|clusters?|buckets?|load balancers?|public ips?|ips|ec2 instances?|function apps?|web ?apps?|snapshots?)\b/i;

const averageOfThing =
  /\b(?:average|avg|mean)\b.*\b(?:of|per|for) (?:a|an|each|one|every) (?!day\b|month\b|week\b)\w+/i;

/** Reads one message on its own; follow-ups are joined with the question before by mergeFollowUp. */
export function understandQuestion(message: string, { names, today, examples }: Understanding): Question {
  const said = applyCorrection(message.replace(/\s+/g, " ").trim(), today).replace(
    /\bmoved the needle\b/gi,
    "changed",
  );
  const { text, readAs } = correctSpelling(said, names);
  const mask = new TextMask(text);
  const found = withRecurring(findPeriods(text, today), text, today);
  const spots = [...found.periods, ...(found.ambiguous ?? []), ...(found.unsupported ?? [])];
  for (const { range } of spots) mask.cover(range[0], range[1]);

  const threshold = findThreshold(mask);
  const costKind = findCostKind(mask);
  const namedGrouping =
    findGrouping(mask, names) ??
    (countable.test(text) ? { dimension: "resource" as const } : undefined) ??
    (threshold ? findPluralGrouping(mask, names) : undefined) ??
    findTagPlural(mask, names) ??
    whoGrouping(text, names);
  const alsoBy = namedGrouping ? findSecondGrouping(mask, names) : undefined;
  const needsTag = !namedGrouping && mask.take(/\b(?:by|per|each|every) tags?\b/i) !== undefined;
  const foundFilters = findFilters(mask, names);
  const { filters, unknownNames, ambiguousNames, wantsUntagged } = foundFilters;
  const groupBy =
    namedGrouping ?? (foundFilters.wantsCharges ? { dimension: "charge_category" as const } : undefined);
  const namesCharge = unknownNames.some(({ dimension }) => dimension === "charge");
  const hasContent = found.periods.length + filters.length > 0 || !!groupBy || !!costKind || namesCharge;
  const intent =
    findIntent(text) ??
    (found.periods.length === 2 ? "compare" : undefined) ??
    (hasContent && nothingLeft(mask) ? "cost" : matchExamples(text, examples));
  const costKinds = findCostKinds(text);
  const notBuilt = findNotBuilt(text);
  const [ambiguousPeriod] = found.ambiguous ?? [];
  const [unsupportedPeriod] = found.unsupported ?? [];
  const question: Question = {
    text,
    intent: intent ?? "unknown",
    periods: found.periods,
    ...(ambiguousPeriod ? { ambiguousPeriod } : {}),
    ...(unsupportedPeriod ? { unsupportedPeriod } : {}),
    ...(groupBy ? { groupBy } : {}),
    ...(alsoBy ? { alsoBy } : {}),
    ...(needsTag ? { needsTag } : {}),
    ...(costKinds.length > 1 ? { costKinds } : {}),
    ...(/\b(?:what|which|list|show)\b.*\btags?\b.*\b(?:have|are there|exist|available|used?|know)\b|\b(?:what|list|show)(?: me)?(?: the| our| all)* tags\s*\??$/i.test(
      text,
    )
      ? { wantsTags: true }
      : {}),
    alsoSpelled: foundFilters.alsoSpelled,
    filters,
    unknownNames,
    ambiguousNames,
    ...(costKind ? { costKind } : {}),
    ...findTop(text),
    ...(findGranularity(text) ? { granularity: findGranularity(text) } : {}),
    measure: findMeasure(text),
    ...(threshold ? { threshold } : {}),
    readAs: [...readAs, ...foundFilters.readAs],
  };
  return refine(question, { wantsUntagged, notBuilt, tagKeys: names.tagKeys });
}

const recurring: readonly [RegExp, string][] = [
  [/\b(?:day[- ]over[- ]day|dod)\b/i, "yesterday"],
  [/\b(?:week[- ]over[- ]week|wow)\b/i, "last week"],
  [/\b(?:month[- ]over[- ]month|mom)\b/i, "last month"],
  [/\b(?:quarter[- ]over[- ]quarter|qoq)\b/i, "last quarter"],
  [/\b(?:year[- ]over[- ]year|yoy)\b/i, "last year"],
];

/** "week over week" is the last whole week against the one before; a period said beside it wins. */
function withRecurring(
  found: ReturnType<typeof findPeriods>,
  text: string,
  today: Temporal.PlainDate,
): ReturnType<typeof findPeriods> {
  if (found.periods.length > 0 || found.unsupported?.length) return found;
  const words = recurring.find(([pattern]) => pattern.test(text))?.[1];
  const range: [number, number] = [0, 0]; // said nowhere: nothing of the text is covered by it
  return words
    ? { ...found, periods: findPeriods(words, today).periods.map((period) => ({ ...period, range })) }
    : found;
}

/** "who spends the most": by whoever the tags name. */
function whoGrouping(text: string, names: Names): Question["groupBy"] {
  if (!/\bwho\b/i.test(text)) return undefined;
  const tagKey = names.tagKeys.find((key) =>
    /^(team|owner|squad|department|dept|cost[-_ ]?cent|business)/i.test(key),
  );
  return tagKey ? { dimension: "tag", tagKey } : undefined;
}

/** The inventory knows Azure's types; where the word also means another cloud's service, the bill tells more. */
function isDearestOfType({ text, groupBy, filters, costKind, threshold }: Question): boolean {
  if (groupBy?.dimension !== "resource" || costKind || threshold) return false;
  if (!/\b(?:most expensive|costliest|dearest|priciest|most costly)\b/i.test(text)) return false;
  if (!findResources(text).type) return false;
  const service = filters.find(({ dimension }) => dimension === "service");
  const rest = filters.filter((filter) => filter !== service);
  const isSimple = rest.every(
    ({ dimension, exclude, values }) => dimension !== "provider" && !exclude && values.length === 1,
  );
  return (
    isSimple &&
    (service?.values ?? []).every(
      (value) => !/amazon|aws|google|^[A-Z_]+$/i.test(value) || /azure/i.test(value),
    )
  );
}

/** Every word was understood or is an everyday one. */
function nothingLeft(mask: TextMask): boolean {
  const left = mask.rest.toLowerCase().match(/[a-z][\w'’-]*/g) ?? [];
  return left.every(
    (word) => commonWords.has(word.replace(/['’]s?$/, "")) || commonWords.has(word.replace(/s$/, "")),
  );
}

function refine(
  question: Question,
  hints: { wantsUntagged: boolean; notBuilt?: string; tagKeys: readonly string[] },
): Question {
  const { text, intent } = question;
  const change = findChangeBothWays(text) ? undefined : findChange(text);
  if (hints.notBuilt && !["change", "recommendations", "search"].includes(intent)) {
    return { ...question, intent: "not_built", asked: hints.notBuilt };
  }
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
  if (intent === "search" && groupBy && groupBy.dimension !== "resource") {
    return { ...question, intent: "cost" };
  }
  if (intent === "search") {
    return {
      ...question,
      resources: { ...findResources(text), ...(hints.wantsUntagged ? { untagged: true } : {}) },
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
    !/\bwhy\b.*\b(?:so|much|high|low|expensive)\b|\bwhat changed\b|\bwhy\b/i.test(text)
  ) {
    return { ...question, intent: "cost" };
  }
  if (question.costKinds && question.periods.length < 2 && (intent === "compare" || intent === "cost")) {
    return { ...question, intent: "cost" };
  }
  if (
    intent === "compare" &&
    question.groupBy?.dimension === "charge_category" &&
    question.periods.length < 2 &&
    !change
  ) {
    return { ...question, intent: "cost" };
  }
  // "AWS vs Azure", "dev compared to prod": two values side by side, not two periods.
  const several = question.filters.find(({ words, exclude }) => words.includes(", ") && !exclude);
  if (intent === "compare" && several && question.periods.length < 2 && !change) {
    const { dimension, tagKey } = several;
    return { ...question, intent: "cost", groupBy: { dimension, ...(tagKey ? { tagKey } : {}) } };
  }
  if (intent === "compare" || intent === "explain") return { ...question, ...(change ? { change } : {}) };
  // "average cost of a VM" is of things, not of days.
  if (question.measure === "average_per_day" && groupBy?.dimension === "resource") {
    return { ...question, measure: "amount" };
  }
  if (question.measure === "average_per_day" && averageOfThing.test(text)) {
    return { ...question, measure: "amount", groupBy: { dimension: "resource" } };
  }
  // Two periods side by side compare, whatever the verb.
  if (intent === "cost" && question.periods.length === 2 && question.measure === "amount") {
    return { ...question, intent: "compare", ...(change ? { change } : {}) };
  }
  return question;
}
