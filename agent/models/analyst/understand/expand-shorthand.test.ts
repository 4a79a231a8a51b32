import { expect, test } from "vitest";
import { expandShorthand } from "./expand-shorthand.ts";

test.each([
  ["y is the bill so high", "why is the bill so high"],
  ["hows oct looking", "how is oct looking"],
  ["cost w/o vms pls", "cost without vms please"],
  ["whats in rg-y", "what is in rg-y"],
  ["cost of y-service", "cost of y-service"],
  ["is there anything in eastus that nobody owns", "is there any resources in eastus without an owner tag"],
  ["unowned disks", "disks without an owner tag"],
])("%s", (said, full) => {
  expect(expandShorthand(said)).toBe(full);
});
