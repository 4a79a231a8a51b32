import { expect, test } from "vitest";
import { spelledNumbers } from "./spelled-numbers.ts";

test.each([
  ["above a hundred thousand dollars", "above 100000 dollars"],
  ["over twenty-five thousand", "over 25000"],
  ["the last ninety days", "the last 90 days"],
  ["two hundred and fifty", "250"],
  ["more than five grand", "more than 5000"],
  ["which one is the cheapest of the three", "which one is the cheapest of the three"],
  ["top five services", "top five services"],
  ["a thousand", "1000"],
  ["exceed 110 thousand", "exceed 110 thousand"],
  ["over three and a half thousand dollars", "over 3500 dollars"],
  ["half a million", "500000"],
])("%s", (said, read) => {
  expect(spelledNumbers(said)).toBe(read);
});
