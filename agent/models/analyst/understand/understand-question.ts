import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";
import type { Question } from "../question.ts";
import { applyCorrection } from "./apply-correction.ts";
import { commonWords } from "./common-words.ts";
import { correctSpelling } from "./correct-spelling.ts";
import { expandShorthand } from "./expand-shorthand.ts";
import { findCurrency } from "./find-currency.ts";
import {
  findChange,
  findChangeBothWays,
  findCostKind,
  findCostKinds,
  findCoverage,
  findGranularity,
  findMeasure,
  findRank,
  findTop,
} from "./find-details.ts";
import { findDueTo } from "./find-due-to.ts";
import { findExtreme } from "./find-extreme.ts";
import { findFilters } from "./find-filters.ts";
import { findForm } from "./find-form.ts";
import { findGrouping, findPluralGrouping, findSecondGrouping, findTagPlural } from "./find-grouping.ts";
import { asksAboutCommitments, findIntent, findNotBuilt, isAboutCost } from "./find-intent.ts";
import { findRecommendationTypes, findResources } from "./find-resources.ts";
import { findThreshold } from "./find-threshold.ts";
import { findWeekdays } from "./find-weekdays.ts";
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

const weighsValues =
  /\b(?:which|what|who|is|are|does|do|did)\b.*\b(?:cheaper|dearer|pricier|more expensive|less expensive|(?:costs?|spends?|spent|paid|pays?) (?:us )?(?:the )?(?:more|less|most|least)|bigger|larger|higher|lower|smaller|more|less)\b.*(?:\bor\b|\bthan\b|,)/i;

const averageOfThing =
  /\b(?:average|avg|mean)\b.*\b(?:of|per|for) (?:a|an|each|one|every) (?!day\b|month\b|week\b)\w+/i;

/** Reads one message on its own; follow-ups are joined with the question before by mergeFollowUp. */
export function understandQuestion(message: string, { names, today, examples }: Understanding): Question {
  const said = withoutPreamble(applyCorrection(expandShorthand(message), today), names, today).replace(
    /\bmoved the needle\b/gi,
    "changed",
  );
  const { text, readAs } = correctSpelling(said, names);
  const mask = new TextMask(text);
  const found = withRecurring(findPeriods(text, today), text, today);
  const spots = [...found.periods, ...(found.ambiguous ?? []), ...(found.unsupported ?? [])];
  for (const { range } of spots) mask.cover(range[0], range[1]);

  const extreme = findExtreme(mask.rest);
  const weekdays = findWeekdays(text, mask.rest);
  const form = findForm(text);
  const currency = findCurrency(text);
  const threshold = findThreshold(mask);
  const costKind = findCostKind(mask);
  const namedGrouping =
    findGrouping(mask, names) ??
    (countable.test(text) ? { dimension: "resource" as const } : undefined) ??
    (threshold ? findPluralGrouping(mask, names) : undefined) ??
    findTagPlural(mask, names) ??
    (listsGroups.test(text) ? findPluralGrouping(mask, names) : undefined) ??
    whoGrouping(text, names);
  const alsoBy = namedGrouping ? findSecondGrouping(mask, names) : undefined;
  const needsTag = !namedGrouping && mask.take(/\b(?:by|per|each|every) tags?\b/i) !== undefined;
  const foundFilters = findFilters(mask, names, namedGrouping);
  const { unknownNames, ambiguousNames, wantsUntagged } = foundFilters;
  const dueTo = findDueTo(text, foundFilters.filters);
  const filters = foundFilters.filters.filter((filter) => filter !== dueTo);
  const groupBy =
    namedGrouping ?? (foundFilters.wantsCharges ? { dimension: "charge_category" as const } : undefined);
  const namesCharge = unknownNames.some(({ dimension }) => dimension === "charge");
  const hasContent = found.periods.length + filters.length > 0 || !!groupBy || !!costKind || namesCharge;
  const intent =
    findIntent(text) ??
    (found.periods.length === 2 ? "compare" : undefined) ??
    (findCostKinds(text).length > 1 ? "cost" : undefined) ??
    (hasContent && nothingLeft(mask) ? "cost" : matchExamples(text, examples)) ??
    (groupBy && /^(?:in )?(?:which|what|how many|list|show|name)\b/i.test(text) ? "cost" : undefined);
  const costKinds = findCostKinds(text);
  const notBuilt = findNotBuilt(text);
  const notHeld = findNotHeld(text, names);
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
    ...(groupBy && countsGroups.test(text) ? { wantsCount: true } : {}),
    ...(groupBy && findRank(text) ? { rank: findRank(text) } : {}),
    ...(groupBy && findCoverage(text) ? { coverage: findCoverage(text) } : {}),
    ...(notHeld ? { notHeld } : {}),
    ...(form ? { form } : {}),
    ...(extreme ? { extreme } : {}),
    ...(weekdays ? { weekdays } : {}),
    ...(dueTo ? { dueTo } : {}),
    ...(currency ? { currency } : {}),
    readAs: [...readAs, ...foundFilters.readAs],
  };
  return refine(withForm(question), {
    wantsUntagged,
    notBuilt,
    tagKeys: names.tagKeys,
    hasAzure: names.of("provider").some(({ key }) => key === "azure"),
  });
}

/** What a question's form says about its intent, before anything else of it is weighed. */
function withForm(question: Question): Question {
  const { intent, form, extreme, weekdays, dueTo, groupBy, measure } = question;
  // "a typical Monday" is any of them, not the last one.
  if (weekdays === "each" && !groupBy) {
    const periods = question.periods.filter(({ words }) => !/day\b/i.test(words) || /\d/.test(words));
    return { ...question, intent: "trend", granularity: "daily", measure: "amount", periods };
  }
  const isCost = ["cost", "compare", "trend", "search", "unknown"].includes(intent);
  if (!isCost) return question;
  if (dueTo) {
    const { dimension, tagKey } = dueTo;
    return {
      ...question,
      intent: "compare",
      measure: "amount",
      groupBy: { dimension, ...(tagKey ? { tagKey } : {}) },
    };
  }
  if (form?.leaderChange && question.filters.every(({ exclude }) => exclude))
    return { ...question, intent: "compare", measure: "amount" };
  if (weekdays && !groupBy && question.periods.length < 2)
    return { ...question, intent: "trend", granularity: "daily", measure: "amount" };
  if (extreme && !groupBy && !question.threshold && measure === "amount")
    return { ...question, intent: "trend", granularity: extreme.granularity };
  return question;
}

const listsGroups =
  /^(?:please )?(?:list|name|enumerate|show(?: me)?|give me|what are|which are)(?: all| each| every)?(?: of)?(?: the| our| my)?(?: (?:azure|aws|cloud|different|active))? (?:regions|locations|subscriptions|accounts|sub ?accounts|services|resource groups|rgs|providers|clouds)\b/i;
const addsUp =
  /\b(?:plus|together|combined|in total|total (?:of|for)|sum(?: of| up)?|added up|altogether)\b|\btotal\s*\??$/i;
const stepsOfTime =
  /\b(?:any|which|what|how many|were there|list|show|on)(?: me)?(?: the| of the| single| all)* (day|week|month)s\b/i;
const countsGroups = /\b(?:how many|(?:the )?(?:number|count) of|count (?:the|our|my|all))\b/i;
/** "Quick question for the board deck: total spend?": what comes before the colon only leads up to it. */
function withoutPreamble(text: string, names: Names, today: Temporal.PlainDate): string {
  const [, before, after] = /^([^:]{8,100}):\s+(.+)$/.exec(text) ?? [];
  if (!before || !after || before.trim().split(/\s+/).length < 3) return text;
  if (findIntent(before) !== undefined || findIntent(after) === undefined) return text;
  // "anything but production: what did it cost": what names something belongs to the question.
  const { filters, wantsUntagged } = findFilters(new TextMask(before), names);
  const saysMore = filters.length > 0 || wantsUntagged || findPeriods(before, today).periods.length > 0;
  return saysMore ? text : after;
}

const unitOfUse =
  /\b(?:per|for (?:each|every)|an?(?= (?:user|customer)\b(?! tag)))\s+(?:(?:active|paying|single|end|monthly)\s+)*((?:user|customer|client|tenant|request|transaction|order|employee|head|seat|visit(?:or)?|session|call|api call|query|message|token|gb|gib|tb|tib|gigabyte|terabyte|v?core|v?cpu|iop|build|deployment)s?)\b/i;

/** "per user", "per GB": a unit of use that cost data does not count, unless a tag of that name divides it. */
function findNotHeld(text: string, names: Names): string | undefined {
  const found = unitOfUse.exec(text);
  return found && !names.tagKey(found[1]!) ? found[0] : undefined;
}

const recurring: readonly [RegExp, string][] = [
  [/\b(?:day[- ]over[- ]day|dod)\b/i, "yesterday"],
  [/\b(?:week[- ]over[- ]week|wow)\b/i, "last week"],
  [/\b(?:month[- ]over[- ]month|mom)\b/i, "last month"],
  [/\b(?:quarter[- ]over[- ]quarter|qoq)\b/i, "last quarter"],
  [/\b(?:year[- ]over[- ]year|yoy)\b/i, "last year"],
];

function isRecurring(text: string): boolean {
  return recurring.some(([pattern]) => pattern.test(text));
}

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
  const own = /\bwho (?:owns|is the owner|are the owners)\b/i.test(text) ? names.tagKey("owner") : undefined;
  const tagKey =
    own ??
    names.tagKeys.find((key) => /^(team|owner|squad|department|dept|cost[-_ ]?cent|business)/i.test(key));
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

const asksWhatTheyCost = /\bhow much\b|\b(?:cost|costs|spend|price|worth|bill|expensive|\$)\b/i;

/** "which VMs have no owner tag": what the inventory is asked to lack. */
function missingTag({ filters }: Question, wantsUntagged: boolean): { missingTag?: string } {
  const lacking = filters.find(({ values, exclude }) => values.includes("(untagged)") && !exclude);
  if (lacking?.tagKey) return { missingTag: lacking.tagKey };
  return wantsUntagged ? { missingTag: "*" } : {};
}

/** "how much do disks cost": no service of the bill, yet a type that the inventory counts and can add up. */
function isCostOfType({ text, intent, unknownNames, filters, groupBy, periods, measure }: Question): boolean {
  if (intent !== "cost" || groupBy || periods.length > 1 || measure !== "amount") return false;
  if (unknownNames.length === 0 || filters.some(({ exclude }) => exclude)) return false;
  return (
    unknownNames.every(({ knownAs, dimension }) => knownAs && dimension === "service") &&
    unknownNames.length === 1 &&
    findResources(unknownNames[0]!.words).type !== undefined &&
    findResources(text).type !== undefined
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
  hints: { wantsUntagged: boolean; notBuilt?: string; tagKeys: readonly string[]; hasAzure: boolean },
): Question {
  const { text, intent } = question;
  const change = findChangeBothWays(text) ? undefined : findChange(text);
  if (hints.notBuilt && !["change", "recommendations", "search"].includes(intent)) {
    return { ...question, intent: "not_built", asked: hints.notBuilt };
  }
  if (asksAboutCommitments(text) && intent !== "change" && intent !== "terms") {
    return {
      ...question,
      intent: "not_built",
      asked: "tell the cost, the use or the worth of reservations and savings plans apart",
    };
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
      resources: {
        ...findResources(text),
        ...missingTag(question, hints.wantsUntagged),
        ...(asksWhatTheyCost.test(text.replace(/\bcost[- ]cent(?:er|re)s?/gi, ""))
          ? { wantsCost: true }
          : {}),
      },
    };
  }
  if (isCostOfType(question) && hints.hasAzure)
    return {
      ...question,
      intent: "search",
      unknownNames: [],
      resources: { ...findResources(text), wantsCost: true },
    };
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
    question.groupBy?.dimension === "charge_category" &&
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
  const weighs = intent === "compare" ? !change || weighsValues.test(text) : weighsValues.test(text);
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
    ({ dimension, values }) => dimension === "charge_category" && values.includes("Purchase"),
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
