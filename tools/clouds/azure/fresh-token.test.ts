import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudResource, MetricPoint } from "../cloud.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const now = Temporal.Instant.from("2026-10-14T09:30:00Z");

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ resources: 1_200, days: 40 });
}, 60_000);
afterAll(() => opened.sandbox.close());

async function inventory() {
  const found: CloudResource[] = [];
  for await (const { items } of opened.cloud.resources(opened.sandbox.subscriptionIds, signal))
    found.push(...items);
  return found;
}

const costs = () =>
  collect(opened.cloud.costs(opened.sandbox.subscriptionIds[0]!, "2026-10-01", "2026-10-10", signal));

async function metrics(): Promise<MetricPoint[]> {
  const machines = (await inventory()).filter(({ type }) => type === "microsoft.compute/virtualmachines");
  const request = {
    resources: machines,
    metrics: [{ metric: "cpu_percent", aggregation: "average" } as const],
    from: now.subtract({ hours: 3 }),
    to: now,
    intervalMinutes: 60 as const,
  };
  return collect(opened.cloud.metrics(request, signal));
}

test.each([
  ["inventory", "microsoft.resourcegraph", inventory],
  ["costs", "microsoft.costmanagement", costs],
  ["metrics", "metrics:getbatch", metrics],
])("a token that expires midway is renewed once, and all %s arrive", async (_, path, read) => {
  const whole = await read();
  expect(whole.length).toBeGreaterThan(50);
  const before = opened.sandbox.stats().requestCount;
  await read();
  const usually = opened.sandbox.stats().requestCount - before;
  opened.sandbox.faults.add({ path, kind: "expired_token", after: 1 });
  expect(await read()).toEqual(whole);
  expect(opened.sandbox.faults.pending()).toEqual([]);
  // The refused request was counted by nobody; the renewed token serves the rest without another refusal.
  expect(opened.sandbox.stats().requestCount - before - usually).toBe(usually);
  expect(opened.pace.sleeps).toEqual([]);
});

test("a token that is refused for good says to check the sign-in, and no role", async () => {
  opened.sandbox.faults.add({ path: "microsoft.resourcegraph", kind: "expired_token", times: 1000 });
  const refused = inventory();
  await expect(refused).rejects.toMatchObject({
    code: "unauthenticated",
    hint: expect.stringContaining("secret"),
  });
  opened.sandbox.faults.clear();
  expect((await inventory()).length).toBe(1_200);
});
