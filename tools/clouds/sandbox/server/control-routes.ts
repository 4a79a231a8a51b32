import { timingSafeEqual } from "node:crypto";
import type { Hono } from "hono";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox, SandboxContext } from "./context.ts";
import { Fault } from "./faults.ts";

/** /_sandbox/faults and /_sandbox/stats, for whoever holds this start's secret (header x-sandbox-secret). */
export function addControlRoutes(app: Hono<Env>, sandbox: Sandbox, secret: string): void {
  const guard = (c: SandboxContext) => {
    const given = Buffer.from(c.req.header("x-sandbox-secret") ?? "");
    const expected = Buffer.from(secret);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AzureError(403, "Forbidden", "The x-sandbox-secret header does not match this sandbox.");
    }
  };

  app.get("/_sandbox/faults", (c) => {
    guard(c);
    return c.json({ faults: sandbox.faults.pending() });
  });
  app.post("/_sandbox/faults", async (c) => {
    guard(c);
    const parsed = Fault.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw badRequest(parsed.error.issues[0]!.message);
    sandbox.faults.add(parsed.data);
    return c.json({ faults: sandbox.faults.pending() }, 201);
  });
  app.delete("/_sandbox/faults", (c) => {
    guard(c);
    sandbox.faults.clear();
    return c.body(null, 204);
  });
  app.get("/_sandbox/stats", (c) => {
    guard(c);
    return c.json(sandbox.stats);
  });
}
