import { expect, test } from "vitest";
import { askedUse, askedYears, asksBreakEven, commitmentQuestion } from "./commitment-questions.ts";

test.each([
  ["compare a savings plan with reservations", "compare"],
  ["reservation or savings plan, which is better for us?", "compare"],
  ["how much of our compute should we commit to?", "compare"],
  ["what's the break-even of the Esv5 reservation", "what_if"],
  ["payback of a 1 year savings plan covering 10 $/h", "what_if"],
  ["when does a reservation for the D series pay for itself", "what_if"],
  ["does it make sense to reserve the D-series?", "what_if"],
  ["should we buy reserved instances?", "what_if"],
  ["which of the reservations is underused and by how much", "use"],
  ["are our reservations worth it?", "use"],
  ["was our savings plan worth buying", "use"],
  ["is any savings plan not fully used", "use"],
  ["what's our effective savings rate?", "use"],
  ["which reservations expire soon", "end"],
  ["when do our savings plans run out", "end"],
  ["reservation coverage until the end of October", "use"],
  ["list our commitments", undefined],
  ["what did we spend on storage", undefined],
])("%s: %s", (text, asked) => {
  expect(commitmentQuestion(text)).toBe(asked);
});

test.each([
  ["what do our reservations cost us", "cost"],
  ["which reservations are idle", "commitments"],
  ["how well are our reservations used", "utilization"],
  ["what's our ESR", "rate"],
  ["how much is covered by commitments", "coverage"],
])("what comes first of %s: %s", (text, first) => {
  expect(askedUse(text)).toBe(first);
});

test("a term is taken where one alone is named", () => {
  expect(askedYears("3 yr RIs for the D-series")).toBe(3);
  expect(askedYears("a one-year savings plan")).toBe(1);
  expect(askedYears("1 year or 3 years?")).toBeUndefined();
  expect(asksBreakEven("what is the pay-back?")).toBe(true);
});
