import type { Hono } from "hono";
import { z } from "zod";
import { deleteResource, refuseInUse } from "../delete-resource.ts";
import { liveResource } from "../live-resource.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import { type Env, originalPath, type Sandbox, type SandboxContext } from "./context.ts";
import type { Operations } from "./operations.ts";
import { resourceBody } from "./subscription-routes.ts";

const Body = z.looseObject({
  location: z.string().optional(),
  kind: z.string().optional(),
  sku: z.record(z.string(), z.unknown()).optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

const resourcePath =
  "/subscriptions/:subscription/resourcegroups/:group/providers/:provider/:rest{.+}" as const;

/** Reads and writes of one resource by its id: GET, HEAD, PUT, PATCH, DELETE, and VM power actions. */
export function addResourceRoutes(app: Hono<Env>, sandbox: Sandbox, operations: Operations): void {
  const { estate } = sandbox;
  const find = (c: SandboxContext): Resource => {
    const resource = estate.resource(c.req.path);
    if (!resource) throw notFound(c.req.path);
    return resource;
  };
  const answer = (resource: Resource) => resourceBody(liveResource(estate, resource));

  app.get(resourcePath, (c) => c.json(answer(find(c))));

  app.put(resourcePath, async (c) => {
    const body = await parseBody(c);
    const existing = estate.resource(c.req.path);
    const id = existing?.id ?? originalPath(c.req.raw);
    const { type, name } = typeAndName(id);
    const resource: Resource = {
      ...existing,
      id,
      name,
      type,
      location: body.location ?? existing?.location ?? "",
      ...(body.kind === undefined ? {} : { kind: body.kind }),
      ...(body.sku === undefined ? {} : { sku: body.sku }),
      tags: body.tags ?? {},
      properties: { ...body.properties, provisioningState: "Succeeded" },
    };
    estate.put(resource);
    return c.json(answer(resource), existing ? 200 : 201);
  });

  app.patch(resourcePath, async (c) => {
    const body = await parseBody(c);
    const existing = find(c);
    const resource: Resource = {
      ...existing,
      ...(body.sku === undefined ? {} : { sku: { ...existing.sku, ...body.sku } }),
      tags: body.tags ?? existing.tags,
      properties: merge(existing.properties, body.properties ?? {}),
    };
    estate.put(resource);
    return c.json(answer(resource));
  });

  app.delete(resourcePath, (c) => {
    const resource = estate.resource(c.req.path);
    if (!resource) return c.body(null, 204);
    refuseInUse(estate, resource);
    return operations.accept(c, () => deleteResource(estate, resource));
  });

  app.post(resourcePath, (c) => {
    const [, id = "", action = ""] = /^(.*)\/([^/]+)$/.exec(c.req.path) ?? [];
    const vm = estate.resource(id);
    const states = {
      start: "running",
      deallocate: "deallocated",
      poweroff: "stopped",
      restart: "running",
    } as const;
    if (vm?.type.toLowerCase() !== "microsoft.compute/virtualmachines") throw notFound(id);
    if (!Object.hasOwn(states, action)) {
      throw badRequest(`The action '${action}' is not supported on '${vm.type}'.`, "InvalidAction");
    }
    return operations.accept(c, () => estate.setPower(vm.id, states[action as keyof typeof states]));
  });
}

function notFound(id: string): AzureError {
  return new AzureError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
}

async function parseBody(c: SandboxContext): Promise<z.infer<typeof Body>> {
  const parsed = Body.safeParse(await c.req.json().catch(() => undefined));
  if (!parsed.success)
    throw badRequest(
      "The request content was invalid and could not be deserialized.",
      "InvalidRequestContent",
    );
  return parsed.data;
}

/** .../providers/Microsoft.Sql/servers/s1/databases/d1 is of type Microsoft.Sql/servers/databases. */
function typeAndName(id: string): { type: string; name: string } {
  const [provider = "", ...segments] = id.slice(id.toLowerCase().lastIndexOf("/providers/") + 11).split("/");
  if (segments.length === 0 || segments.length % 2 !== 0)
    throw badRequest(`The resource id '${id}' is invalid.`, "InvalidResourceId");
  return {
    type: [provider, ...segments.filter((_, index) => index % 2 === 0)].join("/"),
    name: segments.at(-1)!,
  };
}

function merge(target: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const current = result[key];
    result[key] = isRecord(current) && isRecord(value) ? merge(current, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
