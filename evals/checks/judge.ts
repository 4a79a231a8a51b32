import type { Answer } from "@cloudoptima/agent/answer.ts";
import type { EvalCase } from "../cases/eval-case.ts";
import { checkProof } from "./check-proof.ts";
import { checkTruth, type TruthRow } from "./check-truth.ts";

/** All reasons why an answer is wrong; none means it passed. */
export function judge(question: EvalCase, answer: Answer, truth: readonly TruthRow[] | null): string[] {
  const problems = checkProof(answer);
  if (question.tools) problems.push(...checkTools(question.tools, answer));
  if (truth) problems.push(...checkTruth(answer, truth, question.moneyWithin));
  if (question.says && !question.says.test(answer.answer)) {
    problems.push(`it does not say ${question.says}`);
  }
  if (question.declines) problems.push(...checkDeclines(question.declines, answer));
  if (answer.answer.trim() === "") problems.push("the answer is empty");
  return problems;
}

function checkTools(wanted: readonly string[], answer: Answer): string[] {
  const called = answer.toolCalls.filter((call) => !isFailure(call.output)).map((call) => call.name);
  return called.some((name) => wanted.includes(name))
    ? []
    : [`it called ${called.join(", ") || "nothing"} instead of ${wanted.join(" or ")}`];
}

function isFailure(output: unknown): boolean {
  return output === null || (typeof output === "object" && "error" in output);
}

/** Asking back must not be dressed up with money that answers another question. */
function checkDeclines(words: RegExp, answer: Answer): string[] {
  const money = answer.figures.filter((figure) => /^[A-Z]{3}$/.test(figure.unit));
  return [
    ...(words.test(answer.answer) ? [] : [`it does not say what is missing (${words})`]),
    ...(money.length > 0
      ? [`it gave ${money.map((figure) => figure.text).join(", ")} for a question it cannot answer`]
      : []),
  ];
}
