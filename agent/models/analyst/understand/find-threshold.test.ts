import { expect, test } from "vitest";
import { findThreshold } from "./find-threshold.ts";
import { TextMask } from "./text-mask.ts";

const read = (text: string) => findThreshold(new TextMask(text));

test.each([
  ["services over $100", { over: true, orEqual: false, amount: "100" }],
  ["which teams spent more than 50 dollars?", { over: true, orEqual: false, amount: "50" }],
  ["services > 5k last month", { over: true, orEqual: false, amount: "5000" }],
  ["services >= $1,200.50", { over: true, orEqual: true, amount: "1200.50" }],
  ["resources at $500 or more", { over: true, orEqual: true, amount: "500" }],
  ["groups costing less than 1.5 million", { over: false, orEqual: false, amount: "1500000" }],
  ["nothing exceeding the limit of €2k", { over: true, orEqual: false, amount: "2000" }],
  ["more than a dollar", { over: true, orEqual: false, amount: "1" }],
  ["over a thousand dollars", { over: true, orEqual: false, amount: "1000" }],
  ["under a hundred euros", { over: false, orEqual: false, amount: "100" }],
  ["at most 10 usd", { over: false, orEqual: true, amount: "10" }],
])("%s", (text, threshold) => {
  expect(read(text)).toEqual(threshold);
});

test.each([
  "over the last 30 days",
  "more than 3 VMs",
  "at least 20 %",
  "top 5 services",
  "services over time",
  "idle for more than 14 days",
])("%s: no amount of money is asked for", (text) => {
  expect(read(text)).toBeUndefined();
});
