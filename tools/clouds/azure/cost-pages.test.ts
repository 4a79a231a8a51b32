import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudCost } from "../cloud.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const path = "microsoft.costmanagement";
// Small enough that a subscription's days make nine pages.
const costPageSize = 60;

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
let subscriptionId: string;
let whole: CloudCost[];
beforeAll(async () => {
  opened = await openSandboxCloud({ resources: 150, days: 40, costPageSize });
  for (const id of opened.sandbox.subscriptionIds) {
    const costs = await september(id);
    if (costs.length > (whole?.length ?? 0)) [subscriptionId, whole] = [id, costs];
  }
  // One query's rows are at least those of the usage: more than eight pages.
  expect(whole.length).toBeGreaterThan(8 * costPageSize);
});
afterAll(() => opened.sandbox.close());

const september = (id = subscriptionId) =>
  collect(opened.cloud.costs(id, "2026-09-08", "2026-10-01", signal));
const fail = (fault: Parameters<typeof opened.sandbox.faults.add>[0]) => opened.sandbox.faults.add(fault);

test("nine pages of costs arrive whole when the seventh fails with 500, is throttled for a minute or cut off", async () => {
  for (const fault of [
    { kind: "error", status: 500, times: 3 },
    { kind: "throttle", times: 4, retryAfterSeconds: 15 },
    { kind: "cut_after" },
  ] as const) {
    // The first call asks for the totals, the pages come after it.
    fail({ path, after: 7, ...fault });
    expect(await september(), fault.kind).toEqual(whole);
    expect(opened.sandbox.faults.pending()).toEqual([]);
  }
  expect(opened.pace.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(60_000);
});

test("a minute of refusals passes also where each asks for a second only, and one without end does end", async () => {
  const { pace } = opened;
  const { sleep } = pace;
  const start = pace.now();
  fail({ path, kind: "throttle", times: 1000, retryAfterSeconds: 1 });
  pace.sleep = async (ms, abort) => {
    await sleep(ms, abort);
    if (pace.now() - start >= 60_000) opened.sandbox.faults.clear();
  };
  expect(await september()).toEqual(whole);
  pace.sleep = sleep;
  const again = pace.now();
  fail({ path, kind: "throttle", times: 1000, retryAfterSeconds: 0 });
  await expect(september()).rejects.toMatchObject({ code: "rate_limited" });
  expect(pace.now() - again).toBeLessThan(5 * 60_000);
  expect(opened.sandbox.faults.pending()[0]!.times).toBeGreaterThan(900);
  opened.sandbox.faults.clear();
});

test("a token that expires between two pages while the quota is used up, and a cut and a 500 after it, cost time alone", async () => {
  const tokens = () => opened.sandbox.stats().requestCount;
  const before = tokens();
  fail({ path, after: 4, kind: "expired_token" });
  // The same page again, with the new token, and then others.
  fail({ path, after: 5, kind: "throttle", times: 2, retryAfterSeconds: 30 });
  fail({ path, after: 6, kind: "expired_token" });
  fail({ path, after: 7, kind: "cut" });
  fail({ path, after: 7, kind: "error", status: 503 });
  expect(await september()).toEqual(whole);
  expect(opened.sandbox.faults.pending()).toEqual([]);
  expect(tokens()).toBeGreaterThan(before);
});

test("a page of costs that comes twice is never counted twice: read again, an error when it stays", async () => {
  fail({ path, after: 7, kind: "repeated_page" });
  expect(await september()).toEqual(whole);
  expect(opened.sandbox.faults.pending()).toEqual([]);
  fail({ path, after: 7, kind: "repeated_page", times: 1_000 });
  await expect(september()).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/do not add up to its own total on 2026-/),
  });
  opened.sandbox.faults.clear();
  expect(await september()).toEqual(whole);
});

test("a seventh page that keeps failing is an error and no short month", async () => {
  fail({ path, after: 7, kind: "error", status: 500, times: 100 });
  await expect(september()).rejects.toMatchObject({ code: "unavailable" });
  opened.sandbox.faults.clear();
});
