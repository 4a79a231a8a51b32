const commitments =
  /\b(?:reservations?|reserved (?:instances?|capacity|vms?)|savings? plans?|commitments?|commitment discounts?|ris)\b/i;
const rate = /\b(?:effective savings? rate|esr)\b/i;
const buys = /\bwhat if\b|\bsimulat\w+|\b(?:should|would|could|worth|bought|buy(?:ing)?|commit(?:ting)?)\b/i;
const uses =
  /\b(?:coverage|cover(?:s|ed)?|utili[sz]\w+|how (?:well|much|far)\b.*\bused?|(?:are|is)\b.*\bused)\b/i;

/** What is asked of reservations and savings plans: how they do, or what more of them would; undefined for the rest. */
export function commitmentQuestion(text: string): "use" | "what_if" | undefined {
  if (rate.test(text)) return "use";
  if (!commitments.test(text)) return undefined;
  if (buys.test(text)) return "what_if";
  return uses.test(text) ? "use" : undefined;
}

/** The series that a question names: "D-series", "Dsv5 machines". */
export function askedSeries(text: string): string | undefined {
  return (
    /\b([a-z]{1,4}\d*[a-z]*(?:v\d)?)[- ](?:series|famil(?:y|ies))\b/i.exec(text)?.[1] ??
    /\b((?:standard_)?[a-z]{1,3}\d{0,3}[a-z]{0,4}_?v\d)\b/i.exec(text)?.[1]
  );
}
