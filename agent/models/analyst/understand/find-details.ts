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
      /\b(?:list|retail(?: price| cost)?s?|on[- ]demand(?: price| cost)?|pay[- ]as[- ]you[- ]go|public price|sticker price)(?= (?:price|cost)|\b)/i,
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
    ).exec(text);
  if (!found) return { order };
  const word = found[1]!.toLowerCase();
  const top = numberWords[word] ?? Number(word);
  return { order, ...(top >= 1 && top <= 100 ? { top } : {}) };
}

export function findGranularity(text: string): Question["granularity"] {
  if (
    /\b(?:daily|per day|by day|each day|every day|day[- ]by[- ]day|(?:which|what) days?|days|(?:expensive|cheapest|costliest|highest) day|by date|date)\b/i.test(
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

export function findMeasure(text: string): Measure {
  if (
    /\b(?:average|avg|mean(?= (?:cost|spend|daily|monthly|bill)))\b/i.test(text) ||
    /\bper day on average\b/i.test(text)
  ) {
    return /\b(?:month|monthly)\b/i.test(text) &&
      !/\b(?:per|a|each|daily) ?day\b|\bdaily\b/i.test(text) &&
      /\b(?:per|a|each|every) month\b|\bmonthly\b/i.test(text)
      ? "average_per_month"
      : "average_per_day";
  }
  if (
    /\bhow much of (?:the|our|my|all)\b|\b(?:shares?|percent(?:age)?s?|proportion|fraction|pct|portion|what part|how big a part|ratio)\b|%/i.test(
      text,
    )
  )
    return "share";
  return "amount";
}

/** Cost kinds set against each other: "billed vs effective". */
export function findCostKinds(text: string): CostKind[] {
  const kinds: [CostKind, RegExp][] = [
    ["billed", /\b(?:billed|invoiced?|actual)\b/i],
    ["effective", /\b(?:effective|amorti[sz]ed|net)\b/i],
    ["list", /\b(?:list|retail|public)\b(?= (?:price|cost)|\s*(?:and|vs|versus|$))|\blist (?:price|cost)/i],
    ["contracted", /\bcontract(?:ed)?\b/i],
  ];
  return kinds.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}

/** "over $100", "more than 50 dollars", "under 10". */
export function findThreshold(mask: TextMask): Question["threshold"] {
  const match = mask.take(
    /\b(over|above|more than|greater than|exceed(?:s|ing)?|at least|under|below|less than|at most)\s+(?:US)?[$€£]?\s?(\d+(?:,\d{3})*(?:\.\d+)?)\s?(k|m|thousand|million)?(?![\w%])\s*(?:dollars?|usd|euros?|eur|bucks)?(?!\s*(?:days?|weeks?|months?|years?|hours?))/i,
  );
  if (!match) return undefined;
  const zeros = /^k|thousand/i.test(match[3] ?? "") ? 3 : match[3] ? 6 : 0;
  const [whole = "0", fraction = ""] = match[2]!.replaceAll(",", "").split(".");
  const amount = zeros
    ? `${whole}${fraction.padEnd(zeros, "0").slice(0, zeros)}`
    : `${whole}${fraction ? `.${fraction}` : ""}`;
  return { over: !/under|below|less|at most/i.test(match[1]!), amount };
}

export function findChange(text: string): Question["change"] {
  if (
    /\bnew (?:services?|resources?|costs?|charges?|spend|items?)\b|\bappeared\b|\bstarted costing\b|\bnewly\b/i.test(
      text,
    )
  )
    return "new";
  if (/\b(?:gone|disappeared|stopped costing|no longer|vanished)\b/i.test(text)) return "gone";
  if (
    /\b(?:decreas\w+|dropp\w+|drops?|fell|fall\w*|declin\w+|shr[aiu]nk|reduc\w+|sav(?:ed|ing)|went down|go(?:es)? down|going down|gone down|lower|fallers?|cheaper)\b/i.test(
      text,
    )
  )
    return "decreases";
  if (
    /\b(?:increas\w+|grew|grow\w*|rose|ris\w+|jump\w*|spik\w+|went up|go(?:es)? up|going up|gone up|higher|climb\w*|risers?|gainers?|more expensive|dearer)\b/i.test(
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
