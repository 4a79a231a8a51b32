import type { Question } from "../question.ts";
import { findChange } from "./find-details.ts";

/** How a question is put, whatever it is about. */
export type QuestionForm = NonNullable<Question["form"]>;

const auxiliary =
  /^(?:is|isn['’]?t|are|aren['’]?t|was|wasn['’]?t|were|weren['’]?t|did|didn['’]?t|do|don['’]?t|does|doesn['’]?t|has|hasn['’]?t|have|haven['’]?t|had)$/;
const wordsBefore =
  /^(?:and|so|but|ok|okay|hey|hi|hello|please|also|well|then|now|just|quick|question|actually|basically|um|eh|oh|btw)$/;
const asking = /^(?:what|which|who|whose|why|when|where|how)$/;
const upward = /^(?:more|higher|bigger|larger|dearer|pricier|above|over|exceed\w*|costlier|greater)$/;
const downward = /^(?:less|lower|smaller|cheaper|below|under|fewer)$/;

/** "Did we spend more on A than on B?", "is X above 10 k?": asked to be told yes or no, and which way. */
export function findForm(text: string): QuestionForm | undefined {
  const words = text.toLowerCase().match(/[a-z0-9'’]+/g) ?? [];
  const form: QuestionForm = {
    ...(asksYesNo(text) ? { yesNo: true, claims: claimOf(text, words) } : {}),
    ...(/\b(?:fastest|quickest|faster|quicker|proportionally|relatively|percentage[- ]wise|in percent(?:age)?(?: terms)?|in relative terms|growth rate|rate of growth|by percent(?:age)?)\b/i.test(
      text,
    )
      ? { byPercent: true }
      : {}),
    ...shareLimit(text),
    ...(/\bby how much\b|\bhow (?:much|far) (?:more|ahead|above)\b.*\b(?:second|next|runner)/i.test(text)
      ? { gap: true }
      : {}),
    ...(asksBothEnds(words) ? { bothEnds: true } : {}),
    ...(leadsToChange.test(text) ? { leaderChange: true } : {}),
    ...(/\b(?:do|tackle|fix|address|handle|act on|look at) (?:it |them )?first\b|\b(?:where|what) (?:do|should|would|to) (?:we|i|you|one)?\s*(?:start|begin)|\bstart (?:with|from)\b|\bpriorit/i.test(
      text,
    )
      ? { whatFirst: true }
      : {}),
  };
  return Object.keys(form).length > 0 ? form : undefined;
}

function asksYesNo(text: string): boolean {
  if (/\b(?:whether|(?:know|tell me|see|check|say|wondering|curious|asks?|find out) if)\b/i.test(text))
    return true;
  // Each clause of its own: "Hi there, is dev getting more expensive?"
  return text.split(/[.!?;:,]\s+|\s[–—-]\s/).some((clause) => {
    const words = clause.toLowerCase().match(/[a-z'’]+/g) ?? [];
    const first = words.find((word) => !wordsBefore.test(word));
    return first !== undefined && auxiliary.test(first) && !words.some((word) => asking.test(word));
  });
}

const fractions: Record<string, string> = {
  half: "50",
  third: "33.333333",
  quarter: "25",
  fifth: "20",
  tenth: "10",
};

/** "more than 15 % of our spend", "over half of the bill". */
function shareLimit(text: string): Pick<QuestionForm, "shareOver"> {
  const found =
    /\b(?:(more than|over|above|at least|exceed(?:s|ed|ing)?|greater than)|(less than|under|below|at most))\s+(\d+(?:\.\d+)?)\s?(?:%|per ?cent)/i.exec(
      text,
    );
  const part =
    /\b(?:more than|over|above|at least) (?:a |an |one )?(half|third|quarter|fifth|tenth) of\b/i.exec(
      text,
    )?.[1];
  if (part) return { shareOver: { over: true, percent: fractions[part.toLowerCase()]! } };
  return found ? { shareOver: { over: found[1] !== undefined, percent: found[3]! } } : {};
}

/** What the question supposes: that the first is more, or less. */
function claimOf(text: string, words: readonly string[]): QuestionForm["claims"] {
  const word = words.find((each) => upward.test(each) || downward.test(each));
  const isDenied = /\bnot? (?:more|higher|less|lower|exceed)/i.test(text);
  const change = findChange(text);
  const isExpensive = /\b(?:less expensive|less costly)\b/i.test(text);
  const way = isExpensive
    ? "less"
    : word
      ? upward.test(word)
        ? "more"
        : "less"
      : change === "increases"
        ? "more"
        : change === "decreases"
          ? "less"
          : undefined;
  if (!way) return undefined;
  return isDenied ? (way === "more" ? "less" : "more") : way;
}

const most = /^(?:dearest|costliest|priciest|highest|biggest|largest|most|top)$/;
const least = /^(?:cheapest|lowest|smallest|least|bottom)$/;

/** "which is the cheapest and which the dearest". */
function asksBothEnds(words: readonly string[]): boolean {
  return words.some((word) => most.test(word)) && words.some((word) => least.test(word));
}

/** "our biggest cost and how has it changed": the leader first, then its change. */
const leadsToChange =
  /\b(?:biggest|largest|highest|top|most expensive|costliest|dearest|priciest|number one|main)\b[^?.;]*\b(?:and|,)\b[^?.;]*\b(?:(?:how|what)\b.*\b(?:it|its|that|this)\b.*\b(?:chang\w*|develop\w*|mov\w*|compar\w*|grow\w*|grew|evol\w*|differ\w*)|(?:its|the) (?:change|growth|development|movement)|(?:did|has|is|was) (?:it|that|this)\b.*\b(?:chang\w*|grow\w*|grew|ris\w*|rose|fall\w*|fell|increas\w*|decreas\w*|up|down|more|less|higher|lower))/i;
