import type { Question } from "../question.ts";
import { findChange } from "./find-details.ts";

const restOfIt =
  /\b(?:and|vs\.?|versus|against|compared (?:to|with)) (?:everything|all) else\b|\b(?:and|vs\.?|versus|against) (?:the )?(?:rest|others?|remainder)\b/i;

/** "is X still our largest service", "was dev the most expensive environment". */
const claimsLead =
  /\b(?:our|the|my) (?:single |still |current |new )*(?:largest|biggest|top|main|number one|no\.? ?1|#1|highest|most expensive|costliest|dearest|priciest|cheapest|smallest)\b(?! (?:change|increase|decrease|growth|saving|riser|mover))/i;

/** What a question's form says about its intent, before anything else of it is weighed. */
export function withForm(question: Question): Question {
  const { intent, form, extreme, weekdays, dueTo, groupBy, measure } = question;
  // "a typical Monday" is any of them, not the last one.
  if (weekdays === "each" && !groupBy) {
    const periods = question.periods.filter(({ words }) => !/day\b/i.test(words) || /\d/.test(words));
    return { ...question, intent: "trend", granularity: "daily", measure: "amount", periods };
  }
  const isCost = ["cost", "compare", "trend", "search", "unknown"].includes(intent);
  if (!isCost) return question;
  const [named] = question.filters.filter(({ exclude }) => !exclude);
  if (form?.yesNo && named && claimsLead.test(question.text) && question.periods.length < 2) {
    const { dimension, tagKey } = named;
    return {
      ...question,
      intent: "cost",
      measure: "amount",
      groupBy: { dimension, ...(tagKey ? { tagKey } : {}) },
      filters: question.filters.filter((filter) => filter !== named),
      claimedLeader: named,
    };
  }
  if (form?.shareOver && question.filters.some(({ exclude }) => !exclude) && !groupBy)
    return { ...question, intent: "cost", measure: "share" };
  // "which is the dearest, and by how much more than the second": a gap between rows, no two periods.
  if (form?.gap && groupBy && question.periods.length < 2) return { ...question, intent: "cost" };
  // "by how many percent did it fall": the change in percent, no share.
  const isChange =
    findChange(question.text) !== undefined && (question.periods.length === 2 || intent === "compare");
  if (
    measure === "share" &&
    !dueTo &&
    isChange &&
    !/\bshare|proportion|portion|fraction\b/i.test(question.text)
  )
    return withForm({ ...question, intent: "compare", measure: "amount" });
  // "did storage fall in September": against the period before.
  const isOneWay = ["increases", "decreases"].includes(findChange(question.text) ?? "");
  if (form?.yesNo && isOneWay && intent === "cost" && !groupBy && !question.threshold && measure === "amount")
    return { ...question, intent: "compare" };
  // Two averages are compared by their days.
  if (measure === "average_per_day" && question.periods.length === 2)
    return { ...question, intent: "compare" };
  // "the split between production and everything else": what the one is of the whole.
  if (restOfIt.test(question.text) && question.filters.some(({ exclude }) => !exclude) && !groupBy)
    return { ...question, intent: "cost", measure: "share" };
  if (dueTo) {
    const { dimension, tagKey } = dueTo;
    return {
      ...question,
      intent: "compare",
      measure: "amount",
      groupBy: { dimension, ...(tagKey ? { tagKey } : {}) },
    };
  }
  if (form?.leaderChange && question.filters.every(({ exclude }) => exclude))
    return { ...question, intent: "compare", measure: "amount" };
  if (weekdays && !groupBy && question.periods.length < 2)
    return { ...question, intent: "trend", granularity: "daily", measure: "amount" };
  if (extreme && !groupBy && !question.threshold && measure === "amount")
    return { ...question, intent: "trend", granularity: extreme.granularity };
  return question;
}
