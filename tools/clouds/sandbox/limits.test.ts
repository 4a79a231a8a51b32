import { afterEach, describe, expect, it } from "vitest";
import { createQuotas } from "./server/quotas.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";

const now = () => Temporal.Instant.from("2026-11-23T15:00:00Z");
const options = { seed: "limits", resources: 60, days: 40, now };
const inventory = { query: "Resources | project id | order by id asc", options: { top: 1000 } };
const november = {
  type: "ActualCost",
  timeframe: "Custom",
  timePeriod: { from: new Date("2026-11-01"), to: new Date("2026-11-20") },
  dataset: { granularity: "None", aggregation: { totalCost: { name: "Cost", function: "Sum" } } },
} as const;

let sandbox: RunningSandbox;
afterEach(() => sandbox?.close());

async function start(quotas: "azure" | "raised") {
  sandbox = await startSandbox({ ...options, quotas });
  return sandboxClients(sandbox);
}

describe("quotas", () => {
  it("throttles the fifth cost query of a scope in a minute, with the wait in Azure's own header", async () => {
    const clients = await start("azure");
    const scope = `/subscriptions/${sandbox.subscriptionIds[0]}`;
    for (let call = 0; call < 4; call++) await clients.costs.query.usage(scope, november);
    const error = await clients.costs.query.usage(scope, november).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ statusCode: 429 });
    const { headers } = (error as { response: { headers: { get(name: string): string | undefined } } })
      .response;
    const wait = Number(headers.get("x-ms-ratelimit-microsoft.costmanagement-entity-retry-after"));
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThanOrEqual(60);
    // Another scope is not concerned.
    await clients.costs.query.usage(`/subscriptions/${sandbox.subscriptionIds[1]}`, november);
  });

  it("throttles the sixteenth Resource Graph query in five seconds", async () => {
    const clients = await start("azure");
    const answers = await Promise.allSettled(
      Array.from({ length: 16 }, () => clients.graph.resources(inventory)),
    );
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toMatchObject({ statusCode: 429, code: "RateLimiting" });
  });

  it("lets a demo through when raised", async () => {
    const clients = await start("raised");
    for (let call = 0; call < 20; call++)
      await clients.costs.query.usage(`/subscriptions/${sandbox.subscriptionIds[0]}`, november);
  });

  it("counts query units over three windows and frees them as time passes", () => {
    let now = 0;
    const quotas = createQuotas("azure", () => now);
    expect(quotas.costManagement("a", 12).tenant.allowed).toBe(true);
    expect(quotas.costManagement("b", 1).tenant).toMatchObject({
      allowed: false,
      remaining: 0,
      retryAfterMs: 10_000,
    });
    now = 10_000;
    expect(quotas.costManagement("b", 1).tenant.allowed).toBe(true);
    // A query over more months than the window holds passes once it is empty, instead of never.
    now = 30_000;
    expect(quotas.costManagement("c", 14).tenant.allowed).toBe(true);
  });
});

describe("faults", () => {
  it("fails as told, as often as told, then answers again", async () => {
    const clients = await start("raised");
    sandbox.faults.add({ path: "Microsoft.ResourceGraph", kind: "throttle", retryAfterSeconds: 7 });
    sandbox.faults.add({ path: "microsoft.resourcegraph", kind: "error", status: 503 });
    sandbox.faults.add({ path: "microsoft.resourcegraph", kind: "cut" });
    await expect(clients.graph.resources(inventory)).rejects.toMatchObject({ statusCode: 429 });
    await expect(clients.graph.resources(inventory)).rejects.toMatchObject({ statusCode: 503 });
    await expect(clients.graph.resources(inventory)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await clients.graph.resources(inventory)).count).toBe(60);
    expect(sandbox.faults.pending()).toEqual([]);
  });

  it("loses a page without saying so, and answers slowly", async () => {
    const clients = await start("raised");
    sandbox.faults.add({ path: "resourcegraph", kind: "lost_page", after: 1 });
    expect((await clients.graph.resources(inventory)).count).toBe(60);
    expect(await clients.graph.resources(inventory)).toMatchObject({ totalRecords: 60, count: 0, data: [] });
    sandbox.faults.add({ path: "resourcegraph", kind: "slow", delayMs: 120 });
    const begin = performance.now();
    await clients.graph.resources(inventory);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(115);
  });

  it("takes faults over HTTPS from the holder of the secret only", async () => {
    const clients = await start("raised");
    const control = async (method: "POST" | "GET", secret: string) => {
      const { createHttpHeaders, createPipelineRequest } = await import("@azure/core-rest-pipeline");
      return clients.costs.sendRequest(
        createPipelineRequest({
          url: `${sandbox.origin}/_sandbox/${method === "GET" ? "stats" : "faults"}`,
          method,
          ...(method === "POST" ? { body: JSON.stringify({ path: "resourcegraph", kind: "error" }) } : {}),
          headers: createHttpHeaders({ "x-sandbox-secret": secret, "content-type": "application/json" }),
        }),
      );
    };
    expect((await control("POST", "guess")).status).toBe(403);
    expect((await control("POST", sandbox.controlSecret)).status).toBe(201);
    await expect(clients.graph.resources(inventory)).rejects.toMatchObject({ statusCode: 500 });
    expect(JSON.parse((await control("GET", sandbox.controlSecret)).bodyAsText!)).toEqual({
      requestCount: 1,
      writeRequestCount: 0,
    });
  });
});

it("says so when its port is taken", async () => {
  await start("raised");
  const port = Number(new URL(sandbox.origin).port);
  await expect(startSandbox({ ...options, quotas: "raised", port })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(String(port)),
  });
});
