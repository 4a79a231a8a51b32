import { describe, expect, test } from "vitest";
import { findMeasure } from "./find-details.ts";
import { Names } from "./names.ts";
import { understandQuestion } from "./understand-question.ts";

test.each([
  "how much of September is SQL",
  "how much of september's bill is virtual machines",
  "how much of last month went to storage",
  "how much of Q3 was SQL",
  "what part of our bill is storage",
])("%s: asks for a share", (text) => {
  expect(findMeasure(text)).toBe("share");
});

test.each([
  "how much is storage",
  "how much did storage cost in September",
  "how much of what we pay",
  "how much is the bill of September",
])("%s: asks for an amount", (text) => {
  expect(findMeasure(text)).toBe("amount");
});

describe("what is no part of a managed cluster's own service", () => {
  const service = (key: string) => ({ dimension: "service", tagKey: null, key, label: key });
  const names = new Names(["Azure Kubernetes Service", "Virtual Machines"].map(service));
  const today = Temporal.PlainDate.from("2026-10-14");
  const notesOf = (text: string) => understandQuestion(text, { names, today, examples: {} }).notes;

  test.each(["how much of September is Kubernetes", "what did AKS cost last month"])(
    "%s: is said",
    (text) => {
      expect(notesOf(text)).toEqual([expect.stringContaining("billed alone")]);
    },
  );

  test.each([
    "what did virtual machines cost last month",
    "what did Kubernetes and virtual machines cost last month",
    "list our Kubernetes clusters",
  ])("%s: is not the question", (text) => {
    expect(notesOf(text)).toBeUndefined();
  });
});
