import { askBack } from "../answers/ask-back.ts";
import { tellsUnattached } from "../answers/recommendations.ts";
import type { Intent, Question } from "../question.ts";
import type { Thinking } from "../thought.ts";
import { findIntent, findNotBuilt } from "./find-intent.ts";
import { mergeFollowUp } from "./merge-follow-up.ts";
import { type Understanding, understandQuestion } from "./understand-question.ts";

// Where a second question begins: "…, and how many resources are there?"
const seam =
  /(?:\s*[,;]\s*|\s+)(?:(?:and|plus|also|as well as)\s+)+(?=(?:also |then |please |can you |could you )?(?:how (?:many|much|old|complete|fresh|far|does|do|did|has)|what|which|who|why|where|when|list|show|give|tell|compare|is (?:the|our) data)\b)|[?;]\s+(?:(?:and|also)\s+)?(?=\p{L})|\.\s+(?:(?:and|also)\s+)?(?=(?:how|what|which|who|why|where|when|list|show)\b)/iu;
// "and why did it change" speaks of the first part's answer.
const pointsBack =
  /\b(?:it|its|they|them|their|those|these|that|both|there)\b(?<!\b(?:are|is) there)|\bthis\b(?! (?:month|week|year|quarter))/i;
// "…? Monthly and yearly": how the answer is to be told, no question of its own.
const onlyWhen = /^(?:(?:monthly|yearly|annual(?:ly)?|(?:per|a|by) (?:month|year)|and|both|or|[+&,/])\s*)+$/i;
const pointsAtThings = /\b(?:they|them|those|these)\b/i;
const families: Partial<Record<Intent, string>> = {
  cost: "cost",
  trend: "cost",
  compare: "cost",
  explain: "cost",
  recommendations: "waste",
  savings: "waste",
  search: "resources",
  freshness: "freshness",
  forecast: "forecast",
  terms: "terms",
  change: "change",
  not_built: "not_built",
};

/** What a message asks besides the question it was understood as. */
export interface Parts {
  /** Each part as a question of its own, in order, when all of them are understood. */
  questions?: Question[];
  /** Else the parts that the answer says nothing about. */
  leftOut: string[];
}

/** Takes a message of two or three questions apart; `question` is the whole of it as understood. */
export function findParts(
  message: string,
  question: Question,
  before: Question | undefined,
  understanding: Understanding,
  thinking: Omit<Thinking, "question">,
): Parts {
  const parts = message.split(seam).map((part) => part.replace(/^[\s,]+|[\s?.!,;]+$/g, ""));
  const answered = families[question.intent];
  // A form that asks for two things at once is answered as a whole.
  const isWholeForm =
    question.resources?.wantsCost ||
    (question.intent === "recommendations" && tellsUnattached(question)) ||
    question.form?.leaderChange ||
    question.form?.whatFirst;
  if (parts.length < 2 || !answered || isWholeForm) return { leftOut: [] };
  const leftOut = parts.filter((part, index) => isLeftOut(part, index, question, answered, understanding));
  if (leftOut.length === 0 || leftOut.length === parts.length) return { leftOut: [] };
  const questions = understandParts(parts, before, understanding);
  const isWhole = questions.every(
    (part) => families[part.intent] && !askBack({ ...thinking, question: part, results: [] }),
  );
  // "disks: how many, and how much do they cost": what it points at is no name that costs know.
  const isLost = questions.some(
    (part) => families[part.intent] === "cost" && part.filters.length === 0 && pointsAtThings.test(part.text),
  );
  const isFew = questions.length > 1 && questions.length <= 3;
  return isWhole && isFew && !isLost ? { questions, leftOut: [] } : { leftOut };
}

function isLeftOut(
  part: string,
  index: number,
  question: Question,
  answered: string,
  understanding: Understanding,
): boolean {
  const family = familyOf(part, understanding);
  if (!family) return false;
  if (family !== answered) return !(answered === "change" && family === "waste");
  if (index === 0 || pointsBack.test(part)) return false;
  return family === "cost" && isAskedOtherwise(part, question, understanding);
}

function familyOf(part: string, understanding: Understanding): string | undefined {
  if (onlyWhen.test(part)) return undefined;
  const intent = findIntent(part);
  if (findNotBuilt(part) && intent !== "change" && intent !== "recommendations") return "not_built";
  if (intent) return families[intent];
  if (!/^how many\b/i.test(part)) return undefined;
  return understandQuestion(part, understanding).intent === "cost" ? "cost" : "resources";
}

/** Another cut or another kind of answer than the whole message's: "…, and which day was the highest". */
function isAskedOtherwise(part: string, question: Question, understanding: Understanding): boolean {
  const own = understandQuestion(part, understanding);
  const groups = [question.groupBy, question.alsoBy];
  const isGroupedOtherwise =
    own.groupBy &&
    !groups.some(
      (group) => group?.dimension === own.groupBy?.dimension && group?.tagKey === own.groupBy?.tagKey,
    );
  if (isGroupedOtherwise) return true;
  const isTrend = (one: Question) => one.intent === "trend" && one.measure === "amount";
  return isTrend(own) !== isTrend(question) && (isTrend(own) || own.measure !== question.measure);
}

/** Each part alone, with the days and names that only another part says. */
function understandParts(
  parts: readonly string[],
  before: Question | undefined,
  understanding: Understanding,
): Question[] {
  const all = parts.map((part, index) => {
    const own = understandQuestion(part, understanding);
    return index === 0 ? mergeFollowUp(own, before) : own;
  });
  const periods = all.find((one) => one.periods.length > 0)?.periods ?? [];
  const filters = all.find((one) => one.filters.length > 0)?.filters ?? [];
  return all
    .filter((_, index) => familyOf(parts[index]!, understanding) !== undefined)
    .map((one) => {
      const isCost = families[one.intent] === "cost";
      const isOpen = one.filters.length + one.unknownNames.length === 0;
      const placed = filters.filter(
        ({ dimension }) => isCost || !["service", "provider"].includes(dimension),
      );
      return {
        ...one,
        periods: isCost && one.periods.length === 0 ? periods : one.periods,
        filters: isOpen && (isCost || pointsBack.test(one.text)) ? placed : one.filters,
      };
    });
}
