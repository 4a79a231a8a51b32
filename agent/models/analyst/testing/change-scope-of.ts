import { type ChangeScope, findChangeScope } from "../understand/change-scope.ts";
import { findChangeRequest } from "../understand/find-change-request.ts";
import { withoutChoice } from "../understand/without-choice.ts";
import { saidQuestions } from "./said-questions.ts";

/** Whose change the last message asks for, where "show" and "list" were answered with a list. */
export function changeScopeOf(said: readonly string[]): ChangeScope {
  const questions = saidQuestions(said);
  const last = questions.at(-1)!;
  const before = questions.at(-2);
  const hasList = before !== undefined && ["search", "recommendations"].includes(before.intent);
  const request = findChangeRequest(last.text);
  return findChangeScope(withoutChoice(last, request), request, questions.slice(0, -1), hasList);
}
