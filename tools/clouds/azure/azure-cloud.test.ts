import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumDecimals } from "../../kernel/money.ts";
import { generateTenant } from "../sandbox/generate/generate-tenant.ts";
import type { Faults } from "../sandbox/server/faults.ts";
import { makeTruth } from "../sandbox/truth.ts";
import { AzureCaller } from "./azure-caller.ts";
import { createAzureCloud } from "./azure-cloud.ts";
import { requireOrigin } from "./client-options.ts";
import { sandboxEndpoint } from "./sandbox-endpoint.ts";
import { collect, openSandboxCloud, virtualPace } from "./testing.ts";

const now = Temporal.Instant.from("2026-10-14T09:30:00Z");
const generated = generateTenant({ seed: "azure", resources: 150, days: 75, now });
const truth = makeTruth(generated.tenant, generated.plants, now);
const signal = new AbortController().signal;
const from = truth.period.start;
const to = truth.period.end;

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ tenant: generated.tenant });
});
afterAll(() => opened.sandbox.close());

const largestSubscription = () =>
  [...Map.groupBy(generated.tenant.resources, (resource) => resource.id.split("/")[2]!)].sort(
    ([, a], [, b]) => b.length - a.length,
  )[0]![0];

async function resources(subscriptionIds: readonly string[]) {
  const all = [];
  for await (const page of opened.cloud.resources(subscriptionIds, signal)) all.push(...page.items);
  return all;
}

describe("what the sandbox holds arrives whole", () => {
  test("subscriptions by id and name", async () => {
    const found = await opened.cloud.subscriptions(signal);
    expect(new Map(found.map(({ id, name }) => [id, name]))).toEqual(
      new Map(generated.tenant.subscriptions.map(({ id, name }) => [id, name])),
    );
  });

  test("every resource once, with its tags and power state", async () => {
    const found = await resources(opened.sandbox.subscriptionIds);
    expect(found.map(({ id }) => id).sort()).toEqual(
      generated.tenant.resources.map(({ id }) => id.toLowerCase()).sort(),
    );
    const stopped = truth.waste.find(({ type }) => type === "stopped_not_deallocated_vm")!;
    expect(found.find(({ id }) => id === stopped.resourceId)).toMatchObject({ status: "stopped" });
    const planted = generated.tenant.resources.find(({ tags }) => Object.keys(tags).length > 0)!;
    expect(found.find(({ id }) => id === planted.id.toLowerCase())?.tags).toEqual(planted.tags);
  });

  test("every month's billed and effective cost to the last digit, charge categories apart", async () => {
    const months = new Map<string, { billed: string[]; effective: string[] }>();
    const categories = new Set<string>();
    for (const { id } of generated.tenant.subscriptions) {
      for (const cost of await collect(opened.cloud.costs(id, from, to, signal))) {
        const month = months.get(cost.day.slice(0, 7)) ?? { billed: [], effective: [] };
        month.billed.push(cost.billed);
        month.effective.push(cost.effective);
        months.set(cost.day.slice(0, 7), month);
        categories.add(`${cost.chargeCategory} ${cost.commitmentStatus ?? ""}`.trim());
      }
    }
    const sums = [...months].map(([month, { billed, effective }]) => ({
      month,
      actual: sumDecimals(billed).toFixed(),
      amortized: sumDecimals(effective).toFixed(),
    }));
    expect(sums.sort((a, b) => a.month.localeCompare(b.month))).toEqual(truth.totals.months);
    const planted = new Set(generated.tenant.charges.map(({ chargeType }) => chargeType));
    if (planted.has("UnusedReservation")) expect(categories).toContain("Usage Unused");
    if (planted.has("Purchase")) expect(categories).toContain("Purchase");
    expect(categories).toContain("Usage");
  });

  test("costs carry resource, group, type, region and service; newest month first", async () => {
    const costs = await collect(opened.cloud.costs(largestSubscription(), from, to, signal));
    const withResource = costs.filter(({ resourceId }) => resourceId !== null);
    expect(withResource.length).toBeGreaterThan(100);
    for (const cost of withResource) {
      expect(cost.resourceId).toBe(cost.resourceId?.toLowerCase());
      expect(cost.service).not.toBe("");
      expect(cost.resourceType).toContain("/");
      expect(cost.region).toMatch(/^[a-z0-9]+$/);
    }
    const months = costs.map(({ day }) => day.slice(0, 7));
    expect(months).toEqual(months.toSorted().toReversed());
  });

  test("metrics by id; machines without points stay without", async () => {
    const machines = (await resources(opened.sandbox.subscriptionIds)).filter(
      ({ type }) => type === "microsoft.compute/virtualmachines",
    );
    const points = await collect(
      opened.cloud.metrics(
        {
          resources: machines,
          metrics: [
            { metric: "cpu_percent", aggregation: "average" },
            { metric: "cpu_percent", aggregation: "maximum" },
            { metric: "network_out_bytes", aggregation: "total" },
          ],
          from: now.subtract({ hours: 48 }),
          to: now,
          intervalMinutes: 60,
        },
        signal,
      ),
    );
    const idle = truth.waste.find(({ type }) => type === "idle_vm")!;
    const cpu = points.filter(
      ({ resourceId, metric }) => resourceId === idle.resourceId && metric === "cpu_percent",
    );
    expect(new Set(cpu.map(({ aggregation }) => aggregation))).toEqual(new Set(["average", "maximum"]));
    expect(cpu.every(({ value }) => value < 3)).toBe(true);
    expect(points.some(({ metric, unit }) => metric === "network_out_bytes" && unit === "bytes")).toBe(true);
    const silent = generated.tenant.resources.filter(({ usage }) => usage?.missing);
    expect(silent.length).toBeGreaterThan(0);
    for (const { id } of silent)
      expect(points.some(({ resourceId }) => resourceId === id.toLowerCase())).toBe(false);
  });
});

describe("when Azure is unwell", () => {
  const faulty = async (fault: Parameters<Faults["add"]>[0], run: () => Promise<unknown>) => {
    opened.pace.sleeps.length = 0;
    opened.sandbox.faults.add(fault);
    try {
      return await run();
    } finally {
      opened.sandbox.faults.clear();
    }
  };

  test("a throttled call waits as long as it is told, then goes on", async () => {
    const found = await faulty(
      { path: "microsoft.resourcegraph", kind: "throttle", times: 2, retryAfterSeconds: 17 },
      () => opened.cloud.subscriptions(signal),
    );
    expect(found).toHaveLength(generated.tenant.subscriptions.length);
    expect(opened.pace.sleeps.filter((ms) => ms >= 17_000)).toHaveLength(2);
  });

  test("an error, and a cut connection, are tried again", async () => {
    for (const kind of ["error", "cut"] as const) {
      const found = await faulty({ path: "microsoft.resourcegraph", kind, times: 2 }, () =>
        opened.cloud.subscriptions(signal),
      );
      expect(found).toHaveLength(generated.tenant.subscriptions.length);
    }
  });

  test("errors without end become one clear error after bounded tries", async () => {
    const run = faulty({ path: "microsoft.resourcegraph", kind: "error", times: 50, status: 503 }, () =>
      opened.cloud.subscriptions(signal),
    );
    await expect(run).rejects.toMatchObject({ name: "AppError", code: "unavailable" });
    expect(opened.pace.sleeps.length).toBeLessThan(10);
  });

  test("a wait longer than a scan can bear is refused at once", async () => {
    const run = faulty(
      { path: "microsoft.resourcegraph", kind: "throttle", times: 1, retryAfterSeconds: 7200 },
      () => opened.cloud.subscriptions(signal),
    );
    await expect(run).rejects.toMatchObject({ code: "rate_limited" });
    expect(opened.pace.sleeps).toEqual([]);
  });

  test("a lost page of the inventory is an error, never a short list", async () => {
    const run = faulty({ path: "microsoft.resourcegraph", kind: "lost_page" }, () =>
      resources(opened.sandbox.subscriptionIds),
    );
    await expect(run).rejects.toMatchObject({ code: "unavailable" });
  });

  test("a lost page of costs is noticed by another answer: read again once, an error when it stays", async () => {
    const id = largestSubscription();
    const september = () => collect(opened.cloud.costs(id, "2026-09-01", "2026-10-01", signal));
    const whole = await september();
    for (const after of [0, 1, 2, 3, 4, 5]) {
      const fault = { path: "microsoft.costmanagement", kind: "lost_page", after } as const;
      expect(await faulty({ ...fault, times: 1 }, september)).toEqual(whole);
    }
    const stays = { path: "microsoft.costmanagement", kind: "lost_page", after: 1, times: 1000 } as const;
    await expect(faulty(stays, september)).rejects.toMatchObject({ code: "unavailable" });
  });

  test("a wrong secret says which variables to check", async () => {
    const { sandbox } = opened;
    const endpoint = await sandboxEndpoint(
      { ...sandbox, credentials: { ...sandbox.credentials, clientSecret: "wrong" }, quotas: "raised" },
      virtualPace(),
    );
    await expect(createAzureCloud(endpoint).subscriptions(signal)).rejects.toMatchObject({
      code: "unauthenticated",
      hint: expect.stringContaining("AZURE_CLIENT_SECRET"),
    });
  });

  test("a stop ends the call", async () => {
    await expect(opened.cloud.subscriptions(AbortSignal.abort(new Error("stopped")))).rejects.toThrow(
      "stopped",
    );
  });
});

test("under Azure's own limits a refused cost query waits for the longest of its headers", async () => {
  const stop = new AbortController();
  const { sandbox, cloud, pace } = await openSandboxCloud({
    tenant: generated.tenant,
    serverQuotas: "azure",
  });
  const sleep = pace.sleep;
  pace.sleep = async (ms, stopSignal) => {
    await sleep(ms, stopSignal);
    stop.abort(new Error("seen enough"));
  };
  const reading = collect(cloud.costs(sandbox.subscriptionIds[0]!, from, to, stop.signal));
  await expect(reading).rejects.toThrow("seen enough");
  // The fifth call of a minute: the scope's wait is most of a minute.
  expect(pace.sleeps[0]).toBeGreaterThan(20_000);
  await sandbox.close();
});

test("a service that keeps failing is left alone for a while", async () => {
  const { endpoint } = opened;
  const caller = new AzureCaller(endpoint);
  let tries = 0;
  const call = () =>
    caller.call({
      what: "read",
      service: "monitor",
      spend: [],
      timeoutMs: 1000,
      signal,
      run: async () => {
        tries++;
        throw Object.assign(new Error("down"), { statusCode: 500 });
      },
    });
  for (let n = 0; n < 5; n++) await expect(call()).rejects.toMatchObject({ code: "unavailable" });
  expect(tries).toBe(10);
});

test("a link to another server is not followed", () => {
  expect(() => requireOrigin("https://evil.example/page2", "https://management.azure.com")).toThrow(
    "pointed to another server",
  );
  expect(() => requireOrigin("https://management.azure.com:444/x", "https://management.azure.com")).toThrow();
  requireOrigin("https://management.azure.com/subscriptions?$skiptoken=1", "https://management.azure.com");
});
