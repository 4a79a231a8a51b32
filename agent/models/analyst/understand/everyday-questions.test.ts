import { expect, test } from "vitest";
import { saidQuestions } from "../testing/said-questions.ts";
import { findIntent } from "./find-intent.ts";
import { findResources } from "./find-resources.ts";

test.each([
  ["does the september total match azure", "reconcile"],
  ["is the invoice right?", "reconcile"],
  ["are there permission problems", "freshness"],
  ["which subscriptions can't you read?", "freshness"],
  ["how good is our tagging", "allocation"],
  ["what does team web cost including shared", "allocation"],
  ["explain effective cost", "terms"],
  ["what is this", "help"],
  ["how many aks nodes", "relationships"],
  ["who touched rg-dev last week", "resource_changes"],
])("%s: %s", (text, intent) => {
  expect(findIntent(text)).toBe(intent);
});

test("machines that are down are stopped ones", () => {
  expect(findResources("which vms are down").status).toBe("stopped, deallocated");
});

test("what kinds of resources there are is counted by type", () => {
  expect(saidQuestions(["what kinds of resources do we have"])[0]?.resources?.countBy).toEqual({
    dimension: "type",
  });
});

test("to be shown as a chart is of what was asked before", () => {
  const [asked, again] = saidQuestions(["what did we spend on storage in September", "show me as a chart"]);
  expect(again).toEqual(asked);
});
