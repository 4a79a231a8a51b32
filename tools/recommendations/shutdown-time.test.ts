import { expect, test } from "vitest";
import { latestUtcTime } from "./shutdown-time.ts";

test.each([
  [18, "UTC", "18:00 UTC"],
  [20, "Europe/Berlin", "19:00 UTC"],
  [18, "America/New_York", "23:00 UTC"],
  [20, "America/Los_Angeles", "04:00 UTC"],
  [20, "Asia/Kolkata", "14:30 UTC"],
  [24, "Europe/London", "00:00 UTC"],
  [18, "Australia/Sydney", "08:00 UTC"],
])("hour %s in %s is never later than %s", (hour, zone, time) => {
  expect(latestUtcTime(hour, zone, 2026)).toBe(time);
});
