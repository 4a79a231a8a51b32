import type { Hono } from "hono";
import { z } from "zod";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";
import { guardChange } from "./guard.ts";

const Body = z.object({
  operation: z.enum(["Merge", "Replace", "Delete"]).optional(),
  properties: z.object({ tags: z.record(z.string(), z.string()).optional() }),
});

const path = "/:resource{.+}/providers/microsoft.resources/tags/default";

/** {resource}/providers/Microsoft.Resources/tags/default: all tags of a resource, alone. */
export function addTagRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { estate } = sandbox;
  const find = (id: string) => {
    const resource = estate.resource(`/${id}`);
    if (!resource) throw new AzureError(404, "ResourceNotFound", `The Resource '/${id}' was not found.`);
    return resource;
  };
  const answer = (id: string) => {
    const resource = find(id);
    return {
      id: `${resource.id}/providers/Microsoft.Resources/tags/default`,
      name: "default",
      type: "Microsoft.Resources/tags",
      properties: { tags: resource.tags },
    };
  };

  app.get(path, (c) => c.json(answer(c.req.param("resource"))));
  app.on(["PUT", "PATCH"], path, async (c) => {
    const parsed = Body.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw badRequest("The tags are invalid.", "InvalidTagsProperty");
    const id = c.req.param("resource");
    guardChange(estate, `/${id}`, "Microsoft.Resources/tags/write", "write");
    const resource = find(id);
    const { operation = "Replace", properties } = parsed.data;
    const given = properties.tags ?? {};
    const named = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
    const others = Object.entries(resource.tags).filter(([key]) => !named.has(key.toLowerCase()));
    // A pair is removed only as the pair that it is; a name without a value whatever its value.
    const kept = Object.entries(resource.tags).filter(
      ([key, value]) => !["", value].includes(named.get(key.toLowerCase()) ?? `not ${value}`),
    );
    const tags = {
      Replace: given,
      Merge: { ...Object.fromEntries(others), ...given },
      Delete: Object.fromEntries(kept),
    }[c.req.method === "PUT" ? "Replace" : operation];
    estate.put({ ...resource, tags });
    return c.json(answer(id));
  });
}
