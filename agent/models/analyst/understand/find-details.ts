import type { CostKind } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { Measure, Question } from "../question.ts";
import type { TextMask } from "./text-mask.ts";

const numberWords: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  dozen: 12,
};
const count = String.raw`(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|dozen)`;

/** "billed", "invoice", "list price", "amortized"; undefined when the person left it open. */
export function findCostKind(mask: TextMask): CostKind | undefined {
  if (mask.take(/\b(?:without|before|excluding|ignoring) (?:any |the |our |all )?discounts?\b/i))
    return "list";
  if (mask.take(/\b(?:list(?:ed)?|public|retail|sticker)[- ](?:price|cost)s?\b/i)) return "list";
  if (
    mask.take(
      /\b(?:(?<=\b(?:at|by|in|off|vs\.?|versus|than|against|to|and) )list|retail(?: price| cost)?s?|on[- ]demand(?: price| cost)?|pay[- ]as[- ]you[- ]go|public price|sticker price)(?= (?:price|cost)|\b)/i,
    ) &&
    !/^\s*list\b/i.test(mask.text)
  ) {
    return "list";
  }
  if (mask.take(/\b(?:contracted|contract|negotiated)(?: (?:price|cost|rate)s?)?\b/i)) return "contracted";
  if (mask.take(/\b(?:effective|amorti[sz]ed|net)(?: (?:cost|price|spend)s?)?\b/i)) return "effective";
  if (mask.take(/\bon (?:the|our|my) (?:bills?|invoices?)\b/i)) return "billed";
  if (mask.take(/\b(?:billed|invoiced?|invoices|actual(?:s| costs?)|unblended|cash|as billed)\b/i))
    return "billed";
  return undefined;
}

/** "top 5", "5 most expensive", "three biggest"; a superlative in the singular asks for one. */
export function findTop(text: string): { top?: number; order: "most" | "least" } {
  const order = /\b(?:cheapest|least expensive|smallest|lowest|least|bottom|smallest)\b/i.test(text)
    ? "least"
    : "most";
  const found =
    new RegExp(
      String.raw`\b(?:top|first|which|what|bottom|biggest|largest|highest|dearest|costliest|cheapest|smallest)\s+${count}\b`,
      "i",
    ).exec(text) ??
    new RegExp(
      String.raw`\b${count}\s+(?:of (?:the|our) )?(?:most|biggest|largest|highest|dearest|costliest|priciest|top|cheapest|smallest|least)\b`,
      "i",
    ).exec(text) ??
    // "list the 5 accounts with the highest cost"
    new RegExp(
      String.raw`\b(?:the|list|show me|name)\s+${count}\s+(?:[\w-]+\s+){1,3}(?:with|that|having|which)\b`,
      "i",
    ).exec(text);
  if (!found) return { order };
  const word = found[1]!.toLowerCase();
  const top = numberWords[word] ?? Number(word);
  return { order, ...(top >= 1 && top <= 100 ? { top } : {}) };
}

const ordinals: Record<string, number> = {
  second: 2,
  "2nd": 2,
  third: 3,
  "3rd": 3,
  fourth: 4,
  "4th": 4,
  fifth: 5,
  "5th": 5,
};

/** "the second most expensive": a place in the order other than the first. */
export function findRank(text: string): number | undefined {
  const found =
    /\b(second|2nd|third|3rd|fourth|4th|fifth|5th)[- ](?:most|least|biggest|largest|highest|dearest|costliest|priciest|cheapest|smallest|lowest)\b/i.exec(
      text,
    );
  return found ? ordinals[found[1]!.toLowerCase()] : undefined;
}

/** "which services make up 80 % of the cost": the share that the first rows should reach, in percent. */
export function findCoverage(text: string): number | undefined {
  const found =
    /\b(?:make|makes|making|made) up|accounts? for|responsible for|represents?|causes?|drives?|add up to|generates?/i.test(
      text,
    ) && /(?<![\d.])(\d{1,2})\s?(?:%|percent|per cent)/i.exec(text);
  return found ? Number(found[1]) : undefined;
}

export function findGranularity(text: string): Question["granularity"] {
  if (
    /\b(?:daily|per day|by day|each day|every day|day[- ]by[- ]day|(?:which|what) days?|days|spikes?|peaks?|surges?|(?:expensive|cheapest|costliest|highest) day|by date|date)\b/i.test(
      text,
    )
  )
    return "daily";
  if (
    /\b(?:weekly|per week|by week|each week|every week|week[- ]by[- ]week|(?:which|what) weeks?|(?:expensive|cheapest|costliest) week)\b/i.test(
      text,
    )
  )
    return "weekly";
  if (
    /\b(?:monthly|per month|by month|each month|every month|month[- ]by[- ]month|(?:which|what) months?|(?:expensive|cheapest|costliest) month|months)\b/i.test(
      text,
    )
  )
    return "monthly";
  return undefined;
}

/** "how much of September is Kubernetes", "how much of last month went to storage": a part of a whole, whatever the whole. */
const partOfWhole =
  /\bhow much of (?!what\b).{1,60}?\s(?:is|are|was|were|goes|go|went|comes?|came|belongs?|belonged|falls?|fell)\b/i;

export function findMeasure(text: string): Measure {
  if (
    /\b(?:average|avg|typical(?:ly)?|on a normal|mean(?= (?:cost|spend|daily|monthly|bill)))\b/i.test(text) ||
    /\bper day on average\b/i.test(text) ||
    /\bburn(?:ing|down|[- ]down)?[- ]?rate\b|\bhow (?:fast|quickly|rapidly) (?:are|do|did|is|were) (?:we|our|the)\b.*\b(?:burn\w*|spend\w*|spent)\b/i.test(
      text,
    )
  ) {
    return /\b(?:month|monthly)\b/i.test(text) &&
      !/\b(?:per|a|each|daily) ?day\b|\bdaily\b/i.test(text) &&
      /\b(?:per|a|each|every) month\b|\bmonthly\b/i.test(text)
      ? "average_per_month"
      : "average_per_day";
  }
  if (
    partOfWhole.test(text) ||
    /\bhow much of (?:the|our|my|all|that|it|this|those|these)\b|\b(?:shares?|percent(?:age)?s?|proportion|fraction|pct|portion|what part|how big a part|ratio)\b|%/i.test(
      text,
    )
  )
    return "share";
  return "amount";
}

const shareOfPrice =
  /\b(?:share|part|fraction|percent(?:age)?|how much) of (?:the |our )?(?:list|contract\w*|public|retail)\b.*\b(?:pay|paid|spen[dt])\b/i;
const paidBeside =
  /\b(?:vs\.?|versus|and|against|compared (?:to|with)|than)\b.*\b(?:paid|pay|spent|spend)\b|\b(?:paid|pay|spent|spend)\b.*\b(?:vs\.?|versus|against|compared (?:to|with)|than|instead of)\b/i;

/** Cost kinds set against each other: "billed vs effective". */
export function findCostKinds(text: string): CostKind[] {
  // What a discount comes to is the list price less what was paid.
  if (
    /\bdiscounts?\b/i.test(text) &&
    !/\b(?:without|before|excluding|ignoring)\b.*\bdiscounts?\b|\bcommitment\b/i.test(text)
  )
    return ["list", "effective"];
  const kinds: [CostKind, RegExp][] = [
    ["billed", /\b(?:billed|invoiced?|actual)\b/i],
    ["effective", /\b(?:effective|amorti[sz]ed|net)\b/i],
    [
      "list",
      /\bon[- ]demand\b|\bpay[- ]as[- ]you[- ]go\b|\b(?:list|retail|public)\b(?= (?:price|cost)|\s*(?:and|vs|versus|$))|\blist (?:price|cost)/i,
    ],
    ["contracted", /\bcontract(?:ed)?\b/i],
  ];
  const found = kinds.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
  // "the list price against what we paid": what was paid is the effective cost, unless the invoice is named.
  const [only] = found;
  const isBesidePaid = found.length === 1 && (only === "list" || only === "contracted");
  return isBesidePaid && (paidBeside.test(text) || shareOfPrice.test(text)) ? [only, "effective"] : found;
}

export function findChange(text: string): Question["change"] {
  if (
    /\bnew (?:services?|resources?|costs?|charges?|spend|items?)\b|\bappeared\b|\bstarted costing\b|\bnewly\b|\b(?:what(?:['’]s| is| was)?|anything|something) new\b|\b(?:did(?:n['’]t| not)|never) (?:\w+ ){0,2}(?:pay|have|exist|cost)\b.*\b(?:before|in|last|earlier|previously)\b/i.test(
      text,
    )
  )
    return "new";
  if (/\b(?:gone(?! (?:up|down))|disappeared|stopped costing|no longer|vanished)\b/i.test(text))
    return "gone";
  if (
    /\b(?:decreas\w+|dropp\w+|drops?|fell|fall\w*|declin\w+|shr[aiu]nk|reduc\w+|sav(?:ed|ing)|went down|go(?:es)? down|going down|gone down|lower|fallers?|cheaper)\b/i.test(
      text,
    )
  )
    return "decreases";
  if (
    /\b(?:increas\w+|grew|grow\w*|rose|ris\w+|jump\w*|spik\w+|went up|go(?:es)? up|going up|gone up|higher|climb\w*|risers?|gainers?|more expensive|dearer|doubl\w+|tripl\w+)\b/i.test(
      text,
    )
  )
    return "increases";
  return undefined;
}

/** "decrease" and "increase" both said mean neither first. */
export function findChangeBothWays(text: string): boolean {
  return /\bincreas\w+\b/i.test(text) && /\bdecreas\w+\b/i.test(text);
}
