import { expect, test } from "vitest";
import { mergeFollowUp } from "./merge-follow-up.ts";
import { Names } from "./names.ts";
import { understandQuestion } from "./understand-question.ts";

const understanding = {
  names: new Names([{ dimension: "resource", tagKey: null, key: "/x/orders", label: "orders" }]),
  today: Temporal.PlainDate.from("2026-10-14"),
  examples: {},
};
const read = (text: string) => understandQuestion(text, understanding);

test.each([
  ["show me the CPU of vm-1 over the last week", ["vm-1"], "cpu"],
  ["memory utilisation of vm-data-2", ["vm-data-2"], "memory"],
  ["utilization of vm-web-prod-001 memory", ["vm-web-prod-001"], "memory"],
  ["how busy is db ledger?", ["ledger"], undefined],
  ["how busy was the database called ledger last week", ["ledger"], undefined],
  ["graph the network traffic for lb-shop-prod in September", ["lb-shop-prod"], "network"],
  ["plot cpu for vm-a-1 and vm-b-1", ["vm-a-1", "vm-b-1"], "cpu"],
  ["P95 CPU of vm-idle-batch-3 in the past 30 days", ["vm-idle-batch-3"], "cpu"],
  ["DTU usage of ledger", ["ledger"], "dtu"],
  ["how full is stscans001?", ["stscans001"], "storage"],
  ["how many requests did app-shop-1 serve last week", ["app-shop-1"], "requests"],
  ["which VMs have the highest CPU?", [], "cpu"],
] as const)("%s", (text, things, kind) => {
  const { intent, metrics } = read(text);
  expect(intent).toBe("metrics");
  expect(metrics).toEqual({ things, ...(kind ? { kind } : {}) });
});

test.each([
  "what does vm-1 cost",
  "how much did network traffic cost last month",
  "is vm-dev-poc-003 really idle?",
  "is vm-cache-prod-001 too large? it hardly uses CPU",
  "why is vm-1 flagged for low CPU",
  "stop vm-dev-poc-003",
  "how many virtual machines do we have",
  "which network interfaces are attached to vm-1",
  "what was the busiest month for spend",
  "memory of our reservations",
  "bandwidth costs by region",
])("%s is no question for metrics", (text) => {
  expect(read(text).intent).not.toBe("metrics");
});

test.each([
  ["show me the CPU of vm-1 last week", "and its memory?", ["vm-1"], "memory"],
  ["show me the CPU of vm-1 last week", "what about vm-2?", ["vm-2"], "cpu"],
  ["what does vm-1 cost", "show me its CPU", ["vm-1"], "cpu"],
] as const)("%s > %s", (first, second, things, kind) => {
  const merged = mergeFollowUp(read(second), read(first));
  expect(merged.intent).toBe("metrics");
  expect(merged.metrics).toEqual({ things, kind });
});
