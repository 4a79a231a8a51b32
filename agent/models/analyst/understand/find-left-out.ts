import type { Intent, Question } from "../question.ts";
import { findIntent, findNotBuilt } from "./find-intent.ts";
import { type Understanding, understandQuestion } from "./understand-question.ts";

// Where a second question begins: "…, and how many resources are there?"
const seam =
  /(?:\s*[,;]\s*|\s+)(?:(?:and|plus|also|as well as)\s+)+(?=(?:how (?:many|much|old|complete|fresh|far)|what|which|who|why|where|when|list|show|give|tell|is (?:the|our) data)\b)|[?;]\s+(?:(?:and|also)\s+)?(?=\p{L})|\.\s+(?:(?:and|also)\s+)?(?=(?:how|what|which|who|why|where|when|list|show)\b)/iu;
// "and why did it change" speaks of the first part's answer.
const pointsBack =
  /\b(?:it|its|they|them|their|those|these|that|both|there)\b(?<!\b(?:are|is) there)|\bthis\b(?! (?:month|week|year|quarter))/i;
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

/** The parts of a message that the answer to `question` (the same message as understood) says nothing about. */
export function findLeftOut(message: string, question: Question, understanding: Understanding): string[] {
  const parts = message.split(seam).map((part) => part.replace(/^[\s,]+|[\s?.!,;]+$/g, ""));
  const answered = families[question.intent];
  if (parts.length < 2 || !answered) return [];
  const left = parts.filter((part, index) => {
    if (index > 0 && pointsBack.test(part)) return false;
    const family = familyOf(part);
    if (!family) return false;
    if (family !== answered) return !(answered === "change" && family === "waste");
    return index > 0 && question.intent === "cost" && isGroupedOtherwise(part, question, understanding);
  });
  return left.length < parts.length ? left : [];
}

function familyOf(part: string): string | undefined {
  const intent = findIntent(part);
  if (findNotBuilt(part) && intent !== "change" && intent !== "recommendations") return "not_built";
  if (intent) return families[intent];
  return /^how many\b/i.test(part) ? "resources" : undefined;
}

function isGroupedOtherwise(part: string, question: Question, understanding: Understanding): boolean {
  const { groupBy } = understandQuestion(part, understanding);
  if (!groupBy) return false;
  return ![question.groupBy, question.alsoBy].some(
    (group) => group?.dimension === groupBy.dimension && group.tagKey === groupBy.tagKey,
  );
}
