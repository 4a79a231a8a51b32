const reservations = "(?:reservations?|reserved (?:instances?|capacity|vms?)|reserv(?:e|ing)|ris)";
const plans = "savings? plans?";
const commitments = new RegExp(
  String.raw`\b(?:${reservations}|${plans}|commitments?|commitment discounts?|commit(?:ted|ting)?)\b`,
  "i",
);
const rate = /\b(?:effective savings? rate|esr)\b/i;
const buys =
  /\bwhat if\b|\bsimulat\w+|\b(?:should|would|could|worth|bought|buy(?:ing)?|commit(?:ting)?|sensible|make sense)\b/i;
const breakEven =
  /\bbreak(?:s|ing)?[- ]?even\b|\bpay(?:s|ing)?[- ]?(?:(?:itself|themselves|for itself) )?back\b|\bpay(?:s|ing)? for (?:itself|themselves)\b|\bamorti[sz]es?\b|\broi\b|\breturn on\b/i;
const weighs =
  /\b(?:compar\w+|vs\.?|versus|or|better|cheaper|rather|against|instead|difference|beats?|than|between)\b/i;
const uses =
  /\b(?:coverage|cover(?:s|ed)?|utili[sz]\w+|how (?:well|much|far)\b.*\bused?|(?:are|is)\b.*\bused|(?:under-?|barely |hardly |not fully )(?:used|utili[sz]ed))\b/i;
/** Of those that are there already, as it turned out: "was our reservation worth it". */
const owned =
  /\b(?:are|is|was|were|did|do|does|have|has|how)\b.*\b(?:our|existing|current|these|those)\b(?!.*\b(?:buy|if|should|would|could|more|commit)\b)/i;
const ends =
  /\b(?:expir\w*|runs? out|running out|ends?(?! of)|ending|renew\w*|lapses?|maturity|remaining term|term left)\b/i;

/** What is asked of reservations and savings plans. */
export type CommitmentQuestion =
  /** How those that there are do. */
  | "use"
  /** What more of them would have saved. */
  | "what_if"
  /** The same of reservations and of a savings plan, side by side. */
  | "compare"
  /** When they end. */
  | "end";

/** What a question says that it wants of them; undefined where it only names them, or asks something else. */
export function commitmentQuestion(text: string): CommitmentQuestion | undefined {
  if (rate.test(text)) return "use";
  if (!namesCommitments(text)) return undefined;
  if (ends.test(text)) return "end";
  if (owned.test(text) && (uses.test(text) || /\bworth\b|\bpay\w* off\b/i.test(text))) return "use";
  const isBought = buys.test(text) || asksBreakEven(text);
  const namesBoth =
    new RegExp(String.raw`\b${reservations}\b`, "i").test(text) &&
    new RegExp(String.raw`\b${plans}\b`, "i").test(text);
  if (namesBoth && (isBought || weighs.test(text)) && !/\bcost us\b/i.test(text)) return "compare";
  // "how much should we commit to": to which kind is left open.
  const namesNeither = !new RegExp(String.raw`\b(?:${reservations}|${plans})\b`, "i").test(text);
  if (namesNeither && /\bcommit(?:ting|ments?)?\b/i.test(text) && isBought) return "compare";
  if (isBought) return "what_if";
  return uses.test(text) ? "use" : undefined;
}

/** Whether they are spoken of at all. */
export function namesCommitments(text: string): boolean {
  return commitments.test(text);
}

/** Whether it is asked when the price comes back in. */
export function asksBreakEven(text: string): boolean {
  return breakEven.test(text);
}

/** What of the use is asked for first. */
export type AskedUse = "rate" | "commitments" | "utilization" | "coverage" | "cost";

export function askedUse(text: string): AskedUse {
  if (rate.test(text)) return "rate";
  if (/\bcover(?:age|ed|s)?\b/i.test(text)) return "coverage";
  if (eachOne.test(text)) return "commitments";
  if (/\b(?:\w*used?|\w*utili[sz]\w+|wast\w+|idle)\b/i.test(text)) return "utilization";
  return /\b(?:costs?|spend|spent|pay|paid|bill|expensive)\b/i.test(text) ? "cost" : "coverage";
}
const eachOne =
  /\b(?:which|each|list|show|per|by|any|one) (?:\w+ ){0,3}(?:reservations?|reserved instances?|savings? plans?|commitments?|ris)\b/i;

/** The term that is asked for alone. */
export function askedYears(text: string): 1 | 3 | undefined {
  const said = /\b(1|one|3|three)[- ]?(?:yrs?|years?)\b/gi;
  const years = new Set([...text.matchAll(said)].map(([, one]) => (/^[1o]/i.test(one!) ? 1 : 3)));
  return years.size === 1 ? ([...years][0] as 1 | 3) : undefined;
}

/** The series that a question names: "D-series", "Dsv5 machines", "northeurope-esv5-series". */
export function askedSeries(text: string): string | undefined {
  return (
    /\b([a-z]{1,4}\d*[a-z]*(?:v\d)?)[- ](?:series|famil(?:y|ies))\b/i.exec(text)?.[1] ??
    /\b((?:standard_)?[a-z]{1,3}\d{0,3}[a-z]{0,4}_?v\d)\b/i.exec(text)?.[1]
  );
}
