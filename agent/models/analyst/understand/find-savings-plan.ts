/** What of a plan of savings the words ask for, as plan_savings takes it. */
export interface SavingsPlanQuestion {
  riskAtMost?: "low" | "medium";
  effortAtMost?: "easy" | "medium";
  /** What the plan leaves out, and why. */
  wantsExcluded?: true;
}

const risk = "(?:low|medium|moderate|little|small|minimal|no)";
const saves = String.raw`(?:sav(?:e|ed|ing|ings)|recommend\w*|optimi[sz]\w*|wins?|cut|reduc\w+|do|done|fix(?:es|ed)?|actions?|tasks?)`;
const lowRisk = `(?:${risk}(?: or (?:low|medium))?[- ]risk|risk[- ]free|without (?:any |much )?risk|safely)`;
const azureSavingsPlan =
  "coverage|utili[sz]\\w*|commit\\w*|hourly|1[- ]year|3[- ]years?|one[- ]year|three[- ]years?|reservations?|buy|bought|purchas\\w+|worth|cost|costs|spend|spent|covers?|used|unused";

/** Whether the best things to do, in their order, are asked for. Azure's savings plans are another matter. */
export const savingsPlanQuestion = new RegExp(
  [
    String.raw`\b(?:what|where|which)\b.*\b(?:optimi[sz]e|save|act on) (?:\w+ )?first\b|\bfirst (?:thing|step)s? to (?:optimi[sz]e|save)\b`,
    String.raw`\b${saves}\b.*\b${lowRisk}\b|\b${lowRisk}\b.*\b${saves}\b`,
    String.raw`\bsav\w+\b.*\b(?:do|did|follow\w*|implement\w*|accept\w*|take|act on|carry out|with|from)\b.*\b(?:top|first|best) (?:\d+|two|three|four|five|six|ten)\b`,
    String.raw`\b(?:easy|easiest) (?:\w+ ){0,2}(?:wins?|savings?|optimi[sz]ations?|recommendations?)\b|\bsav\w+\b.*\b(?:easily|with(?:out| little| low| minimal) effort)\b`,
    String.raw`^(?!.*\b(?:${azureSavingsPlan})\b).*\bsavings? plan\b(?!s)`,
    String.raw`\b(?:optimi[sz]ation|saving|cost[- ]saving|cost[- ]reduction) (?:plan|road ?map|order|sequence)\b|\bplan (?:of|for|to) (?:optimi[sz]\w+|sav(?:e|ing)|cut\w*|reduc\w+)`,
    String.raw`\b(?:recommendations?|savings?|optimi[sz]ations?|changes)\b.*\b(?:do(?:ne)? together|in (?:the|what|which) (?:right )?order|best (?:set|combination))\b|\bbest (?:set|combination) of (?:recommendations?|savings?)\b`,
    String.raw`\b(?:what|which|why)\b.*\b(?:excluded|left out|not counted)\b(?=.*(?:\bwhy\b|\bsav|\brecommend|\bplan|\btotal))|\bwhy\b.*\b(?:recommend\w*|savings?)\b.*\b(?:excluded|left out|not (?:counted|in the (?:plan|total)))\b|^what (?:was|were|is|are) (?:excluded|left out)\b`,
  ].join("|"),
  "i",
);

/** The limits of risk and effort that the words set. */
export function findSavingsPlan(text: string): SavingsPlanQuestion {
  const isMedium = /\b(?:medium|moderate)\b[\w ]*risk/i.test(text);
  const isLow = new RegExp(`\\b${lowRisk}\\b`, "i").test(text);
  const isEasy = /\b(?:easy|easiest|easily)\b|\b(?:without|little|low|minimal) effort\b/i.test(text);
  return {
    ...(isMedium ? { riskAtMost: "medium" as const } : isLow ? { riskAtMost: "low" as const } : {}),
    ...(/\bmedium effort\b/i.test(text)
      ? { effortAtMost: "medium" as const }
      : isEasy
        ? { effortAtMost: "easy" as const }
        : {}),
    ...(/\b(?:excluded|left out|not counted|not in the (?:plan|total))\b/i.test(text)
      ? { wantsExcluded: true as const }
      : {}),
  };
}
