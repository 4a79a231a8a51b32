import { type Family, families } from "./cases/eval-case.ts";

export interface Outcome {
  organization: string;
  family: Family;
  question: string;
  answer: string;
  problems: string[];
}

/** Share of right answers below which the run fails. */
export const passShare = 0.95;

export interface Score {
  passed: number;
  total: number;
  byFamily: { family: Family; passed: number; total: number }[];
}

export function score(outcomes: readonly Outcome[]): Score {
  const count = (some: readonly Outcome[]) => ({
    passed: some.filter((outcome) => outcome.problems.length === 0).length,
    total: some.length,
  });
  return {
    ...count(outcomes),
    byFamily: families
      .map((family) => ({ family, ...count(outcomes.filter((outcome) => outcome.family === family)) }))
      .filter((each) => each.total > 0),
  };
}

/** The score and each wrong answer with its reasons, for people. */
export function report(outcomes: readonly Outcome[]): string {
  const { passed, total, byFamily } = score(outcomes);
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const lines = byFamily.map(
    (each) =>
      `${each.family.padEnd(16)} ${String(each.passed).padStart(3)} / ${String(each.total).padEnd(3)} ${percent(each.passed, each.total)}`,
  );
  const wrong = outcomes
    .filter((outcome) => outcome.problems.length > 0)
    .map((outcome) =>
      [
        `✗ ${outcome.organization} / ${outcome.family}: ${outcome.question}`,
        ...outcome.problems.map((problem) => `    ${problem}`),
        `    answer: ${outcome.answer.replaceAll("\n", " | ").slice(0, 300)}`,
      ].join("\n"),
    );
  return [
    ...wrong,
    "",
    ...lines,
    `${"all".padEnd(16)} ${String(passed).padStart(3)} / ${String(total).padEnd(3)} ${percent(passed, total)}`,
    "",
  ].join("\n");
}
