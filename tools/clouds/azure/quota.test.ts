import fc from "fast-check";
import { expect, test } from "vitest";
import { createQuotas } from "../sandbox/server/quotas.ts";
import { azureQuotas } from "./azure-endpoint.ts";
import { Quota } from "./quota.ts";
import { virtualPace } from "./testing.ts";

const signal = new AbortController().signal;

test("never spends more than any window allows, and never waits without need", async () => {
  const window = fc.record({
    limit: fc.integer({ min: 1, max: 6 }),
    perMs: fc.integer({ min: 10, max: 500 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(window, { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }),
      async (windows, gaps) => {
        const pace = virtualPace();
        const quota = new Quota(windows, pace);
        const spent: number[] = [];
        for (const gap of gaps) {
          await pace.sleep(gap, signal);
          const before = pace.now();
          const free = windows.every(
            ({ limit, perMs }) => spent.filter((at) => at > before - perMs).length < limit,
          );
          await quota.take(1, signal);
          if (free) expect(pace.now()).toBe(before);
          spent.push(pace.now());
        }
        for (const { limit, perMs } of windows) {
          for (const end of spent) {
            expect(spent.filter((at) => at <= end && at > end - perMs).length).toBeLessThanOrEqual(limit);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("planned under Azure's limits, the sandbox with Azure's limits never refuses a call", async () => {
  const pace = virtualPace();
  const server = createQuotas("azure", pace.now);
  const tenant = new Quota(azureQuotas.costTenant, pace);
  const scopes = ["a", "b", "c"].map((name) => ({ name, quota: new Quota(azureQuotas.costScope, pace) }));
  let refused = 0;
  for (let call = 0; call < 240; call++) {
    const scope = scopes[call % scopes.length]!;
    await scope.quota.take(1, signal);
    await tenant.take(1, signal);
    const answer = server.costManagement(scope.name, 1);
    if (!answer.entity.allowed || !answer.tenant.allowed) refused++;
  }
  expect(refused).toBe(0);
  // 240 calls over 3 scopes at 4 a minute: about 20 minutes, not hours.
  expect(pace.now()).toBeGreaterThan(18 * 60_000);
  expect(pace.now()).toBeLessThan(22 * 60_000);
});

test("waiting ends when the person stops", async () => {
  const quota = new Quota([{ limit: 1, perMs: 60_000 }], virtualPace());
  await quota.take(1, signal);
  await expect(quota.take(1, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  // The aborted call must not keep its place in the queue.
  await quota.take(1, signal);
});

test("calls are served in order of arrival", async () => {
  const pace = virtualPace();
  const quota = new Quota([{ limit: 1, perMs: 100 }], pace);
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((n) => quota.take(1, signal).then(() => order.push(n))));
  expect(order).toEqual([1, 2, 3]);
  expect(pace.now()).toBe(200);
});
