const named = /(?<![\w/-])(?!rg-)(?:[a-z][\w.]*[-_][\w.-]*\d\w*|[a-z]{4,}\d{2,})(?![\w-])/i;
const verdict = new RegExp(
  [
    String.raw`\b(?:could|can|should|would|might|may|must)\b(?!.*\b(?:you|undo\w*|cost)\b).*\b(?:smaller|cheaper|down-?sized?|re-?sized?|right-?sized?|shrunk|shrink|reduced?|stop(?:ped)?|switch(?:ed)? off|turn(?:ed)? off|shut ?down|reserved?)\b`,
    String.raw`\btoo (?:large|big|powerful|expensive)\b`,
    String.raw`\bwhat(?:['’]?s| is| are)? (?:wrong|the (?:matter|problems?|issues?))\b|\banything wrong\b`,
    String.raw`\bwhat (?:should|could|can|to) (?:we |i |one )?do\b|\bwhat(?:['’]?s| is| would be)? (?:the )?best\b|\b(?:best|right|better) (?:option|choice|to)\b`,
    String.raw`\bwhy\b.*\bsavings?\b`,
    String.raw`\bhow (?:is|was|do you get|did you get)\b.*\bsavings?\b.*\b(?:computed|calculated|worked out|come about|made up|for)\b`,
  ].join("|"),
  "i",
);

/** "could vm-1 be smaller", "vm-1: stop, resize or reserve - what's best": what the rules found about one resource. */
export function asksForVerdict(text: string): boolean {
  return named.test(text) && verdict.test(text);
}
