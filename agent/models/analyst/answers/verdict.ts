import type { Question } from "../question.ts";

/** "Yes: " or "No: " before a finding that a yes-or-no question asked for; `isMore`: the first thing is the larger. */
export function verdict({ form }: Question, isMore: boolean, isEqual = false): string {
  if (!form?.yesNo || !form.claims) return "";
  if (isEqual) return "**No**: ";
  return isMore === (form.claims === "more") ? "**Yes**: " : "**No**: ";
}
