import type { Hono } from "hono";
import { z } from "zod";
import { isWithin } from "../locks.ts";
import type { Lock } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import { type Env, originalPath, type Sandbox, type SandboxContext } from "./context.ts";
import { guard } from "./guard.ts";

const LockBody = z.object({
  properties: z.object({ level: z.enum(["CanNotDelete", "ReadOnly"]), notes: z.string().optional() }),
});

/** Microsoft.Authorization at any scope: management locks, and what the caller may do there. */
export function addAuthorizationRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { locks, permissions } = sandbox.estate;
  const scopeOf = (c: SandboxContext) => {
    const scope = originalPath(c.req.raw).replace(/\/providers\/microsoft\.authorization\/.*$/i, "");
    const isResource = /\/providers\//i.test(scope);
    if (isResource && !sandbox.estate.resource(scope)) {
      throw new AzureError(404, "ResourceNotFound", `The Resource '${scope}' was not found.`);
    }
    const group = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/i.test(scope);
    if (group && !sandbox.estate.resources().some(({ id }) => isWithin(id, scope))) {
      // Of a group that is not there those learn who may read it.
      guard(sandbox.estate, scope, "Microsoft.Resources/subscriptions/resourceGroups/read");
      throw new AzureError(404, "ResourceGroupNotFound", `Resource group '${scope}' could not be found.`);
    }
    return scope;
  };
  const body = ({ scope, name, level, notes }: Lock) => ({
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    name,
    type: "Microsoft.Authorization/locks",
    properties: { level, ...(notes ? { notes } : {}) },
  });

  app.get("/:scope{.+}/providers/microsoft.authorization/permissions", (c) =>
    c.json({
      // One list for both planes: what a tenant allows holds for its data, too.
      value: permissions.at(scopeOf(c)).map(({ actions, notActions }) => ({
        actions,
        notActions,
        dataActions: actions,
        notDataActions: notActions,
      })),
    }),
  );
  app.get("/:scope{.+}/providers/microsoft.authorization/locks", (c) => {
    const filter = c.req.query("$filter");
    if (filter !== undefined && filter.toLowerCase() !== "atscope()") {
      throw badRequest(`The filter '${filter}' is not supported.`, "InvalidFilterInQueryString");
    }
    // Without atScope() Azure also lists the locks of what is inside.
    return c.json({ value: locks.list(scopeOf(c), { below: filter === undefined }).map(body) });
  });
  app.put("/:scope{.+}/providers/microsoft.authorization/locks/:name", async (c) => {
    const parsed = LockBody.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw badRequest("The lock is invalid.", "InvalidLock");
    const { level, notes } = parsed.data.properties;
    const scope = scopeOf(c);
    const name = originalPath(c.req.raw).split("/").at(-1)!;
    const existed = locks.get(scope, name) !== undefined;
    const lock: Lock = { scope, name, level, ...(notes === undefined ? {} : { notes }) };
    locks.put(lock);
    return c.json(body(lock), existed ? 200 : 201);
  });
  app.delete("/:scope{.+}/providers/microsoft.authorization/locks/:name", (c) =>
    c.body(null, locks.delete(scopeOf(c), c.req.param("name")) ? 200 : 204),
  );
}
