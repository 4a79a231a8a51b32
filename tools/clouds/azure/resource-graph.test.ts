import { afterAll, beforeAll, expect, test } from "vitest";
import { openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const resourceCount = 8_500;

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ resources: resourceCount, days: 1 });
}, 60_000);
afterAll(() => opened.sandbox.close());

/** How many came on each page, and the ids of all. */
async function list() {
  const pages: number[] = [];
  const ids = new Set<string>();
  const { cloud, sandbox } = opened;
  for await (const { items, total } of cloud.resources(sandbox.subscriptionIds, signal)) {
    expect(total).toBe(resourceCount);
    pages.push(items.length);
    for (const { id } of items) ids.add(id);
  }
  return { pages, ids };
}
const fail = (fault: Parameters<typeof opened.sandbox.faults.add>[0]) => opened.sandbox.faults.add(fault);
const path = "microsoft.resourcegraph";

test("nine pages arrive whole when the seventh fails with 500, is throttled or cut off at first", async () => {
  // Each counts the calls after the one before has ended: pages 3, 4 and 7.
  fail({ path, kind: "throttle", after: 2, retryAfterSeconds: 60 });
  fail({ path, kind: "cut_after", after: 1 });
  fail({ path, kind: "error", status: 500, after: 3, times: 2 });
  const { pages, ids } = await list();
  expect(pages).toEqual([...Array(8).fill(1_000), 500]);
  expect(ids.size).toBe(resourceCount);
  expect(opened.sandbox.faults.pending()).toEqual([]);
});

test("a seventh page that keeps failing, is lost, or is the sixth once more, is an error and no short list", async () => {
  for (const fault of [
    { kind: "lost_page" },
    { kind: "repeated_page" },
    // Last: a service that fails again and again is left alone for a while.
    { kind: "error", status: 500, times: 100 },
  ] as const) {
    fail({ path, after: 6, ...fault });
    await expect(list(), fault.kind).rejects.toMatchObject({ code: "unavailable" });
    opened.sandbox.faults.clear();
  }
});
