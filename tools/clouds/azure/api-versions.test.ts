import { expect, test } from "vitest";
import { newestStable } from "./api-versions.ts";

test("the newest stable version is chosen, a preview only where there is nothing else", () => {
  expect(newestStable(["2023-01-01", "2025-01-01-preview", "2024-05-01"])).toBe("2024-05-01");
  expect(newestStable(["2024-01-01-preview", "2025-01-01-preview"])).toBe("2025-01-01-preview");
  expect(newestStable([])).toBeUndefined();
});
