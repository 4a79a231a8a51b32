import type { Question } from "../question.ts";

const dayNames = "mon|tues|wednes|thurs|fri|satur|sun";

/** "weekdays vs weekends", "which day of the week", "on Mondays": days told apart by where in the week they lie. */
export function findWeekdays(text: string, rest: string): Question["weekdays"] {
  if (new RegExp(`\\b(?:average|typical|usual|normal|mean) (?:${dayNames})days?\\b`, "i").test(text))
    return "each";
  if (/\b(?:which|what|each|every|by|per) (?:day of the week|weekday)\b|\bday of (?:the )?week\b/i.test(text))
    return "each";
  if (
    new RegExp(`\\b(?:${dayNames})days\\b|\\b(?:average|typical|usual) (?:${dayNames})day\\b`, "i").test(rest)
  )
    return "each";
  return /\b(?:week ?days?|work(?:ing)?[- ]?days?|business days?|weekends?)\b/i.test(rest)
    ? "ends"
    : undefined;
}
