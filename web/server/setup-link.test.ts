import { expect, test } from "vitest";
import { createSetupLink } from "./setup-link.ts";

test("the set-up link works once", () => {
  const link = createSetupLink();
  expect(link.redeem("guess")).toBe(false);
  expect(link.redeem(link.token)).toBe(true);
  expect(link.redeem(link.token)).toBe(false);
});

test("the set-up link ends after an hour", () => {
  let now = 0;
  const link = createSetupLink(() => now);
  now = 60 * 60 * 1000 + 1;
  expect(link.redeem(link.token)).toBe(false);
});
