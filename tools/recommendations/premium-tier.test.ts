import { expect, test } from "vitest";
import { premiumTier, raisedTier } from "./premium-tier.ts";

test("a size has the smallest tier that holds it", () => {
  expect([4, 5, 127, 128, 1000, 32_767].map(premiumTier)).toEqual(["P1", "P2", "P10", "P10", "P30", "P80"]);
  expect(premiumTier(40_000)).toBeUndefined();
});

test.each([
  ["P50", 512, "P50"],
  ["P20", 512, null],
  ["P20", 500, null],
  ["E50", 512, null],
  [undefined, 512, null],
])("a disk of tier %s with %i GiB was raised to %s", (tier, gib, raised) => {
  expect(raisedTier(tier, gib)).toBe(raised);
});
