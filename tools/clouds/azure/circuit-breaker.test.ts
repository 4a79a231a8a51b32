import { afterEach, beforeEach, expect, test } from "vitest";
import { sandboxClients } from "../sandbox/testing/sandbox-clients.ts";
import { AzureCaller } from "./azure-caller.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const graph = "microsoft.resourcegraph";

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeEach(async () => {
  opened = await openSandboxCloud({ resources: 60, days: 40 });
});
afterEach(() => opened.sandbox.close());

const requestCount = () => opened.sandbox.stats().requestCount;
const subscriptions = () => opened.cloud.subscriptions(signal);
const costs = (id: string) => collect(opened.cloud.costs(id, "2026-10-01", "2026-10-10", signal));

/** Fails until it is left alone. */
async function breakDown(path: string, call: () => Promise<unknown>) {
  opened.sandbox.faults.add({ path, kind: "error", status: 503, times: 1000 });
  for (let n = 0; n < 2; n++) await expect(call()).rejects.toMatchObject({ code: "unavailable" });
  expect(requestCount()).toBe(10);
}

test("a service that keeps failing is left alone for half a minute, and the error says how long", async () => {
  await breakDown(graph, subscriptions);
  const first = await subscriptions().catch((error: unknown) => error);
  expect(first).toMatchObject({
    code: "unavailable",
    message: "Azure's resource graph keeps failing; we leave it alone for 30 s.",
    details: { service: "resource graph", retryAfterSeconds: 30 },
  });
  await opened.pace.sleep(20_500, signal);
  await expect(subscriptions()).rejects.toMatchObject({ details: { retryAfterSeconds: 10 } });
  expect(requestCount()).toBe(10);
});

test("then one call alone tries it: left alone again while it fails, back as soon as it works", async () => {
  await breakDown(graph, subscriptions);
  await opened.pace.sleep(30_000, signal);
  const failed = await Promise.allSettled(Array.from({ length: 5 }, subscriptions));
  expect(failed.every(({ status }) => status === "rejected")).toBe(true);
  expect(requestCount()).toBe(11);
  opened.sandbox.faults.clear();
  await expect(subscriptions()).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
  await opened.pace.sleep(30_000, signal);
  expect(await subscriptions()).toHaveLength(3);
  const together = await Promise.all(Array.from({ length: 5 }, subscriptions));
  expect(together.every((found) => found.length === 3)).toBe(true);
});

test("the other services and subscriptions are not concerned, nor is another connection", async () => {
  const [broken, ...others] = opened.sandbox.subscriptionIds;
  await breakDown(`${broken}/providers/microsoft.costmanagement`, () => costs(broken!));
  expect(await subscriptions()).toHaveLength(3);
  for (const id of others) expect((await costs(id)).length).toBeGreaterThan(0);
  opened.sandbox.faults.clear();
  await expect(costs(broken!)).rejects.toMatchObject({ details: { service: "cost management" } });
  const { createAzureCloud } = await import("./azure-cloud.ts");
  const another = createAzureCloud(opened.endpoint);
  expect((await collect(another.costs(broken!, "2026-10-01", "2026-10-10", signal))).length).toBeGreaterThan(
    0,
  );
});

test("refusals and stops open nothing; an answer that does not come in its time is a failure", async () => {
  const [id] = opened.sandbox.subscriptionIds;
  opened.sandbox.faults.add({ path: graph, kind: "throttle", times: 1000, retryAfterSeconds: 1 });
  for (let n = 0; n < 6; n++) await expect(subscriptions()).rejects.toMatchObject({ code: "rate_limited" });
  opened.sandbox.faults.clear();
  for (let n = 0; n < 12; n++) {
    const stop = new AbortController();
    opened.sandbox.faults.add({ path: graph, kind: "slow", delayMs: 10_000 });
    const call = opened.cloud.subscriptions(stop.signal);
    setImmediate(() => stop.abort(new Error("stopped")));
    await expect(call).rejects.toThrow("stopped");
    opened.sandbox.faults.clear();
  }
  expect(await subscriptions()).toHaveLength(3);

  const { graph: client } = await sandboxClients(opened.sandbox);
  const caller = new AzureCaller(opened.endpoint);
  opened.sandbox.faults.add({ path: graph, kind: "slow", times: 1000, delayMs: 10_000 });
  const call = () =>
    caller.call({
      what: "list",
      service: "resource graph",
      spend: [],
      timeoutMs: 20,
      signal,
      run: (abortSignal) => client.resources({ query: "Resources", subscriptions: [id!] }, { abortSignal }),
    });
  await expect(call()).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("list"),
  });
  await expect(call()).rejects.toMatchObject({ code: "unavailable" });
  await expect(call()).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
});
