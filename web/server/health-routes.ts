import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Hono } from "hono";
import { timeout } from "hono/timeout";
import manifest from "../package.json" with { type: "json" };

/** A database that takes longer serves nobody. */
const readyWithinMs = 2_000;

/** Whether an address is asked by a load balancer, which knows neither our names nor a session. */
export function isHealthCheck(url: string | undefined): boolean {
  return /^\/health(\/ready)?(\?|$)/.test(url ?? "");
}

/** GET /health: the process answers. GET /health/ready: its database does too, else 503 (technical-design 9.4). */
export function healthRoutes(service: Pick<ToolService, "organizations">, withinMs = readyWithinMs): Hono {
  const routes = new Hono();
  routes.onError((_, context) => context.json({ status: "not ready", database: "does not answer" }, 503));
  routes.use(async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  routes.get("/health", (context) =>
    context.json({ status: "healthy", timestamp: new Date().toISOString(), version: manifest.version }),
  );
  routes.get("/health/ready", timeout(withinMs), async (context) => {
    await service.organizations();
    return context.json({ status: "ready" });
  });
  return routes;
}
