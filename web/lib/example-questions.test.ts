import { expect, test } from "vitest";
import { exampleQuestions } from "./example-questions.ts";

const state = (now: string, dataFrom: string | null, dataUntil: string | null) => ({
  now,
  freshness: { dataFrom, dataUntil, loadedAt: null },
});

test("asks about last month while the data reaches it", () => {
  expect(exampleQuestions(state("2026-10-14T09:00:00Z", "2025-09-14", "2026-10-13"))[0]).toContain(
    "last month",
  );
  expect(exampleQuestions(state("2026-01-02T00:00:00Z", "2025-01-01", "2025-12-31"))[1]).toContain("Why did");
});

test("asks about the last month there is when the data is older", () => {
  const questions = exampleQuestions(state("2026-10-14T09:00:00Z", "2024-09-01", "2024-09-30"));
  expect(questions).toHaveLength(4);
  for (const question of questions) expect(question).toContain("September 2024");
});

test("does not ask for a change when there is nothing before", () => {
  const questions = exampleQuestions(state("2026-10-14T09:00:00Z", "2026-09-01", "2026-10-13"));
  expect(questions.join()).not.toContain("change");
});

test("has questions before anything is known", () => {
  expect(exampleQuestions(undefined)).toHaveLength(4);
});
