import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";
import type { Question } from "../question.ts";
import { applyCorrection } from "./apply-correction.ts";
import { commonWords } from "./common-words.ts";
import { completeEllipsis } from "./complete-ellipsis.ts";
import { correctSpelling } from "./correct-spelling.ts";
import { expandShorthand } from "./expand-shorthand.ts";
import { findCurrency } from "./find-currency.ts";
import {
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
import { findIntent, findNotBuilt, isAboutCost } from "./find-intent.ts";
import { findThreshold } from "./find-threshold.ts";
import { findUnread } from "./find-unread.ts";
import { findWeekdays } from "./find-weekdays.ts";
import { matchExamples } from "./match-examples.ts";
import { filterOf, type Names } from "./names.ts";
import { withRecurring } from "./recurring-periods.ts";
import { refine } from "./refine-question.ts";
import { TextMask } from "./text-mask.ts";
import { withForm } from "./with-form.ts";

export interface Understanding {
  names: Names;
  today: Temporal.PlainDate;
  /** Example questions by tool name: what a question that no rule knows is likened to. */
  examples: Readonly<Record<string, readonly string[]>>;
}

const countable =
  /\b(?:which|what|top(?: \d+| ten| five| three)?|(?:most|least) (?:expensive|costly)|costliest|priciest|dearest|biggest|largest|cheapest|by|per|each|every)\s+(?:\d+ )?(?:of our |azure |aws |our |sql |cosmos |managed |public )*(?:dbs?|vms?|virtual machines?|machines|disks?|databases?|storage accounts?|clusters?|buckets?|load balancers?|public ips?|ips|ec2 instances?|function apps?|web ?apps?|snapshots?)\b/i;

/** Reads one message on its own; follow-ups are joined with the question before by mergeFollowUp. */
export function understandQuestion(message: string, { names, today, examples }: Understanding): Question {
  const said = withoutPreamble(
    applyCorrection(completeEllipsis(expandShorthand(message)), today),
    names,
    today,
  ).replace(/\bmoved the needle\b/gi, "changed");
  const { text, readAs } = correctSpelling(said, names);
  const mask = new TextMask(text);
  const found = withRecurring(findPeriods(text, today), text, today);
  const spots = [...found.periods, ...(found.ambiguous ?? []), ...(found.unsupported ?? [])];
  for (const { range } of spots) mask.cover(range[0], range[1]);
  const withoutPeriods = new TextMask(text);
  for (const { range } of found.periods) withoutPeriods.cover(range[0], range[1]);

  const extreme = findExtreme(mask.rest);
  const weekdays = findWeekdays(text, withoutPeriods.rest);
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
  // What is below zero is no usage: the kinds of charge tell it.
  const wantsNegative =
    mask.take(/\bnegative (?:costs?|charges?|amounts?|lines?|rows?|values?)\b/i) !== undefined;
  const foundFilters = findFilters(mask, names, namedGrouping);
  const { unknownNames, ambiguousNames, wantsUntagged } = foundFilters;
  const dueTo = findDueTo(text, foundFilters.filters);
  const filters = foundFilters.filters.filter((filter) => filter !== dueTo);
  if (foundFilters.leavesUntagged && namedGrouping?.dimension === "tag") {
    const words = `no ${namedGrouping.tagKey} tag`;
    filters.push({ ...namedGrouping, values: ["(untagged)"], exclude: true, words });
  }
  // What came back is below zero; where no such charge is known, the kinds of charge tell what there is.
  const backs = wantsNegative
    ? names.of("charge_kind").filter(({ key }) => key === "refund" || key === "credit")
    : [];
  if (backs.length > 0)
    filters.push(filterOf(backs, backs.map(({ label }) => label.toLowerCase()).join(" and ")));
  const groupBy =
    namedGrouping ??
    (foundFilters.wantsCharges || (wantsNegative && backs.length === 0)
      ? { dimension: "charge_kind" as const }
      : undefined);
  const namesCharge = unknownNames.some(({ dimension }) => dimension === "charge");
  const hasContent = found.periods.length + filters.length > 0 || !!groupBy || !!costKind || namesCharge;
  const intent =
    findIntent(text) ??
    (found.periods.length === 2 ? "compare" : undefined) ??
    (findCostKinds(text).length > 1 ? "cost" : undefined) ??
    (hasContent && nothingLeft(mask) ? "cost" : matchExamples(text, examples)) ??
    // "how much are we shelling out for X": X is known, whatever the verb.
    (filters.length > 0 && /\bhow (?:much|expensive|pricey|cheap)\b/i.test(text) ? "cost" : undefined) ??
    // "do we use Google Cloud", "is there any Lambda": whether there is such a cost.
    (form?.yesNo && (filters.length > 0 || unknownNames.some(({ knownAs }) => knownAs))
      ? "cost"
      : undefined) ??
    (groupBy && /^(?:in )?(?:which|what|how many|list|show|name)\b/i.test(text) ? "cost" : undefined);
  const costKinds = findCostKinds(text);
  const notBuilt = findNotBuilt(text);
  const notHeld = findNotHeld(text, names);
  const notes = [
    ...foundFilters.lacksCharges.map(
      (name) => `There is no ${name} in the cost data, so none is in the total.`,
    ),
    ...(costIntents.has(intent ?? "") && filters.some(isOfClusters)
      ? [
          "A managed Kubernetes service is billed alone: the machines, disks and networks of its clusters are under their own services, so not in it.",
        ]
      : []),
    ...(asksWhetherOnTrack.test(text) && !notBuilt
      ? ["No budget is kept here that this could be on track of: it is compared with the same days before."]
      : []),
  ];
  const [ambiguousPeriod] = found.ambiguous ?? [];
  // Days of the week are told apart from one stretch of days; nothing has to be left out for it.
  const [unsupportedPeriod] = (found.unsupported ?? []).filter(
    ({ words }) => !weekdays || !/day|weekend/i.test(words),
  );
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
    ) || /\b(?:which|what) tags?\b.*\b(?:can|could|may|should) (?:i|we|you|one)\b/i.test(text)
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
    ...(notes.length > 0 ? { notes } : {}),
    ...(form ? { form } : {}),
    ...(extreme ? { extreme } : {}),
    ...(weekdays ? { weekdays } : {}),
    ...(dueTo ? { dueTo } : {}),
    ...(currency ? { currency } : {}),
    readAs: [...readAs, ...foundFilters.readAs],
  };
  const refined = refine(withForm(question), {
    wantsUntagged,
    notBuilt,
    tagKeys: names.tagKeys,
    hasAzure: names.of("provider").some(({ key }) => key === "azure"),
  });
  const unread = findUnread(mask, refined);
  return unread.length > 0 ? { ...refined, unread } : refined;
}

const isOfClusters = ({ dimension, values, exclude }: Question["filters"][number]) =>
  dimension === "service" && !exclude && values.length === 1 && /kubernetes/i.test(values[0]!);
const costIntents: ReadonlySet<string> = new Set(["cost", "trend", "compare", "explain"]);
const asksWhetherOnTrack = /\bon (?:track|course)\b(?! (?:to|for))/i;
const listsGroups =
  /^(?:please )?(?:list|name|enumerate|show(?: me)?|give me|what are|which are)(?: all| each| every)?(?: of)?(?: the| our| my)?(?: (?:azure|aws|cloud|different|active))? (?:regions|locations|subscriptions|accounts|sub ?accounts|services|resource groups|rgs|providers|clouds)\b/i;
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
  /\b(?:per|for (?:each|every)|an?(?= (?:user|customer)\b(?! tag))|(?<=\bhow much (?:does|is|did|was) )an(?= hour\b)|(?<=\b(?:costs?|pay|spend|spent|rate|price) )an(?= hour\b))\s+(?:(?:active|paying|single|end|monthly)\s+)*((?:hour|minute|user|customer|client|tenant|request|transaction|order|employee|head|seat|visit(?:or)?|session|call|api call|query|message|token|gb|gib|tb|tib|gigabyte|terabyte|v?core|v?cpu|iop|build|deployment)s?)\b/i;

/** "per user", "per GB": a unit of use that cost data does not count, unless a tag of that name divides it. */
function findNotHeld(text: string, names: Names): string | undefined {
  const found = unitOfUse.exec(text);
  if (!found || names.tagKey(found[1]!)) return undefined;
  // What is measured has hours; costs have days.
  return /^(?:hour|minute)/i.test(found[1]!) && !isAboutCost(text) ? undefined : found[0];
}

/** "who spends the most": by whoever the tags name. */
function whoGrouping(text: string, names: Names): Question["groupBy"] {
  // "machines who are off": which ones, not whose.
  if (
    !/\bwho\b/i.test(
      text.replace(/\b(?:\w*vms?|\w+s) who (?=(?:is|are|was|were|have|has|do|does|run)\b)/gi, ""),
    )
  )
    return undefined;
  const own = /\bwho (?:owns|is the owner|are the owners)\b/i.test(text) ? names.tagKey("owner") : undefined;
  const tagKey =
    own ??
    names.tagKeys.find((key) => /^(team|owner|squad|department|dept|cost[-_ ]?cent|business)/i.test(key));
  return tagKey ? { dimension: "tag", tagKey } : undefined;
}

/** Every word was understood or is an everyday one. */
function nothingLeft(mask: TextMask): boolean {
  const left = mask.rest.toLowerCase().match(/[a-z][\w'’-]*/g) ?? [];
  return left.every(
    (word) => commonWords.has(word.replace(/['’]s?$/, "")) || commonWords.has(word.replace(/s$/, "")),
  );
}
