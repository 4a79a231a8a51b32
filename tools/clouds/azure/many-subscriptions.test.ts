import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudRead } from "../cloud.ts";
import { Tenant } from "../sandbox/tenant/tenant-schema.ts";
import { azureQuotas } from "./azure-endpoint.ts";
import { openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const count = 203;
const subscriptions = Array.from({ length: count }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  name: `Team ${index}`,
}));

/** More subscriptions than one question of Resource Graph may name here, a public address in each. */
const tenant = Tenant.parse({
  version: 1,
  tenantId: "tenant-of-many",
  seed: "many",
  name: "many",
  currency: "EUR",
  days: 2,
  subscriptions,
  resources: subscriptions.map(({ id }, index) => ({
    id: `/subscriptions/${id}/resourceGroups/rg-net/providers/Microsoft.Network/publicIPAddresses/pip-${index}`,
    name: `pip-${index}`,
    type: "Microsoft.Network/publicIPAddresses",
    location: "westeurope",
  })),
  charges: [],
});

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ tenant, change: (endpoint) => ({ ...endpoint, quotas: azureQuotas }) });
});
afterAll(() => opened.sandbox.close());

/** Asks the cloud, and tells how many requests that took and how long they were spread over. */
async function measured<Result>(work: (cloud: CloudRead) => Promise<Result>) {
  const { cloud, sandbox, pace } = opened;
  const before = { requests: sandbox.stats().requestCount, ms: pace.now() };
  const result = await work(cloud);
  return {
    result,
    requests: sandbox.stats().requestCount - before.requests,
    elapsedMs: pace.now() - before.ms,
  };
}

async function idsOf(cloud: CloudRead, subscriptionIds: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for await (const { items } of cloud.resources(subscriptionIds, signal))
    ids.push(...items.map(({ id }) => id));
  return ids;
}

const expected = tenant.resources.map(({ id }) => id.toLowerCase()).toSorted();
const names = subscriptions.map(({ id }) => id);

test("all are found, and their resources by two questions, each once", async () => {
  const found = await opened.cloud.subscriptions(signal);
  expect(found.map(({ id }) => id).toSorted()).toEqual(names.toSorted());
  const { result, requests } = await measured((cloud) => idsOf(cloud, names));
  expect(result.toSorted()).toEqual(expected);
  expect(requests).toBe(2);
  const counts = await opened.cloud.resourceCounts(names, signal);
  expect(counts).toEqual(new Map([["microsoft.network/publicipaddresses", count]]));
});

test("asked for one by one, all at the same time, they wait for the quota and none is lost", async () => {
  const { result, requests, elapsedMs } = await measured(async (cloud) =>
    (await Promise.all(names.map((id) => idsOf(cloud, [id])))).flat(),
  );
  expect(result.toSorted()).toEqual(expected);
  // One question each: none was refused and asked again.
  expect(requests).toBe(count);
  const [{ limit, perMs }] = azureQuotas.resourceGraph as [{ limit: number; perMs: number }];
  expect(elapsedMs).toBeGreaterThanOrEqual((Math.ceil(count / limit) - 1) * perMs);
});
