import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { type ChangeScope, findChangeScope } from "../understand/change-scope.ts";
import { type ChangeRequest, findChangeRequest } from "../understand/find-change-request.ts";
import { excludedNames } from "../understand/said-names.ts";
import { withoutChoice } from "../understand/without-choice.ts";
import { isImpossible, lookUp, proposals, readTargets, type Target } from "./change-targets.ts";
import {
  askWhichNamesake,
  askWhichOfList,
  askWhichResources,
  cannot,
  cannotDismiss,
  nothingFound,
  sayProposed,
} from "./change-words.ts";
import { answerProposals } from "./proposals.ts";
import { sayError } from "./write.ts";

/** Finds what is meant, proposes the change, and says what a person decides on; it changes nothing itself. */
export function answerChange(thinking: Thinking): Thought {
  const { results, tools, before } = thinking;
  const request = findChangeRequest(thinking.question.text);
  const question = withoutChoice(thinking.question, request);
  if (request.kind === "dismiss") return { say: cannotDismiss(question) };
  if (request.kind === "decide") return answerDecision(thinking);
  if (request.kind === "other") return { say: cannot() };
  const listed = before?.calls ?? [];
  const scope = findChangeScope(question, request, before?.questions ?? [], listed.length === 1);
  if (scope.kind === "open")
    return { say: isImpossible(question, request) ? cannot() : askWhichResources(scope.unread) };
  const lookUps = lookUp(scope, question, request, listed);
  if (!lookUps) return { say: cannot() };
  if (results.length < lookUps.length) return { calls: lookUps };
  const found = results.slice(0, lookUps.length);
  const failed = found.find(({ output }) => !output);
  if (failed) return { say: sayError(failed) };
  const meant = findTargets(scope, found, question, request);
  if ("say" in meant) return meant;
  const proposed = results.filter(({ name }) => name === "propose_change");
  if (proposed.length > 0) return { say: sayProposed(proposed, request, question, meant.missing) };
  if (meant.targets.length === 0) return { say: nothingFound(question, request, meant.missing) };
  const calls = proposals(meant.targets, request);
  if (calls.length === 0) return { say: cannot() };
  return calls.some(({ name }) => !tools.has(name)) ? { say: cannot() } : { calls };
}

/** What of the results is meant, and which names nothing has; or what has to be asked first. */
function findTargets(
  scope: ChangeScope,
  found: readonly CallResult[],
  question: Question,
  request: ChangeRequest,
): { targets: Target[]; missing: string[] } | { say: string } {
  const spared = new Set(excludedNames(question).map((name) => name.toLowerCase()));
  const isMeant = ({ name }: Target) => !spared.has(name.toLowerCase());
  if (scope.kind === "listed") return ofList(scope.count, found, request, isMeant);
  if (scope.kind !== "named") {
    const targets = found.flatMap((result) => readTargets(result, request)).filter(isMeant);
    return { targets, missing: [] };
  }
  const each = scope.names.map((name, index) => ({
    name,
    targets: readTargets(found[index]!, request).filter((target) => isCalled(target, name)),
  }));
  const namesake = each.find(({ targets }) => new Set(targets.map(({ id }) => id)).size > 1);
  if (namesake) return { say: askWhichNamesake(namesake.name) };
  return {
    targets: each.flatMap(({ targets }) => targets.slice(0, 1)),
    missing: each.filter(({ targets }) => targets.length === 0).map(({ name }) => name),
  };
}

const isCalled = (target: Target, name: string) =>
  [target.name, target.id].some((one) => one.toLowerCase() === name.toLowerCase());

/** All of the answer before, where it is a clear list: whole, as many as were said, and nothing else in it. */
function ofList(
  count: number | null,
  [list, advice]: readonly CallResult[],
  request: ChangeRequest,
  isMeant: (target: Target) => boolean,
): { targets: Target[]; missing: string[] } | { say: string } {
  const { totalCount, rows } = list!.output as unknown as Pick<ResourceSearchOutput, "totalCount" | "rows">;
  const all = readTargets(list!, request);
  const targets = [...new Map(all.map((target) => [target.id, target])).values()].filter(isMeant);
  if (targets.length === 0) return { say: askWhichOfList(list!, "empty") };
  if (totalCount > rows.length) return { say: askWhichOfList(list!, "long") };
  if (count !== null && targets.length !== count) return { say: askWhichOfList(list!, "count") };
  if (targets.some(({ change }) => change === null)) return { say: askWhichOfList(list!, "kinds") };
  if (!advice) return { targets, missing: [] };
  const ids = new Set(targets.map(({ id }) => id));
  return { targets: readTargets(advice, request).filter(({ id }) => ids.has(id)), missing: [] };
}

/** Approving is for people: what waits is shown, nothing is decided. */
function answerDecision(thinking: Thinking): Thought {
  if (!thinking.tools.has("list_proposals")) return { say: onlyPeople };
  const thought = answerProposals({
    ...thinking,
    question: { ...thinking.question, text: "waiting for approval" },
  });
  return "say" in thought ? { say: `${onlyPeople}\n\n${thought.say}` } : thought;
}

const onlyPeople =
  "Nothing was changed. Only a person decides: on the Approvals page, by a button in Slack or Teams, or in the terminal with the password.";
