import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-10-14T09:00:00Z");

test("the longest wait of all headers counts, not the first", () => {
  const headers: [string, string][] = [
    ["Retry-After", "5"],
    ["x-ms-ratelimit-microsoft.costmanagement-entity-retry-after", "41"],
    ["x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after", "12"],
    ["x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "60"],
    ["x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after", "7"],
  ];
  expect(retryAfterMs(headers, now)).toBe(60_000);
  expect(retryAfterMs(headers.toReversed(), now)).toBe(60_000);
});

test.each([
  ["retry-after", "0.5", 500],
  ["retry-after", "Wed, 14 Oct 2026 09:00:30 GMT", 30_000],
  ["retry-after", "Wed, 14 Oct 2026 08:00:00 GMT", 0],
  ["retry-after-ms", "1500", 1500],
  ["x-ms-user-quota-resets-after", "00:01:05", 65_000],
  ["x-ms-user-quota-remaining", "0", null],
  ["retry-after", "soon", null],
])("%s: %s is %s ms", (name, value, wait) => {
  expect(retryAfterMs([[name, value]], now)).toBe(wait);
});

test("without a header there is no answer", () => {
  expect(retryAfterMs([], now)).toBeNull();
});
