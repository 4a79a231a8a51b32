import { expect, test } from "vitest";
import { healthRoutes, isHealthCheck } from "./health-routes.ts";

const never = new Promise<never>(() => undefined);

test("a process that answers is healthy, and ready once its database answers", async () => {
  const routes = healthRoutes({ organizations: async () => [] });
  const health = await routes.request("/health");
  expect(health.headers.get("cache-control")).toBe("no-store");
  expect(await health.json()).toEqual({
    status: "healthy",
    timestamp: expect.stringMatching(/^\d{4}-/),
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  const ready = await routes.request("/health/ready");
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
});

test("it is not ready while the database fails or hangs, and says nothing of its inside", async () => {
  for (const organizations of [() => Promise.reject(new Error("password=secret")), () => never]) {
    const routes = healthRoutes({ organizations }, 20);
    const ready = await routes.request("/health/ready");
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: "not ready", database: "does not answer" });
    expect((await routes.request("/health")).status).toBe(200);
  }
});

test("only the two addresses are health checks", () => {
  for (const url of ["/health", "/health/ready", "/health?x"]) expect(isHealthCheck(url), url).toBe(true);
  for (const url of ["/healthy", "/health/ready/x", "/api/health", "//health", undefined]) {
    expect(isHealthCheck(url), url).toBe(false);
  }
});
