import type { Hono } from "hono";
import { z } from "zod";
import { changedResource } from "../change-resource.ts";
import { deleteResource, refuseInUse } from "../delete-resource.ts";
import { providerResource } from "../live-resource.ts";
import { madeResource, takeAddresses } from "../make-resource.ts";
import { changePower, refuseEphemeral } from "../power-action.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import { type Env, originalPath, type Sandbox, type SandboxContext } from "./context.ts";
import { checkPreconditions, guard, guardChange } from "./guard.ts";
import type { Operations } from "./operations.ts";

const Body = z.looseObject({
  location: z.string().optional(),
  kind: z.string().optional(),
  sku: z.record(z.string(), z.unknown()).optional(),
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

const resourcePath =
  "/subscriptions/:subscription/resourcegroups/:group/providers/:provider/:rest{.+}" as const;
/** Types that take their time to be made; others are there with the answer. */
const slowToMake = /^microsoft\.(compute\/|network\/publicipaddresses$|operationalinsights\/workspaces$)/i;
/** Of these Azure names no operation: the answer and later reads say "Updating" until they are made. */
const quietlyMade = /^microsoft\.operationalinsights\/workspaces$/i;
/** Changed in the background, with an operation to follow. */
const slowToChange = /^microsoft\.(compute\/(virtualmachines|disks|snapshots)|sql\/servers\/databases)$/i;
const powerStates = {
  start: "running",
  deallocate: "deallocated",
  poweroff: "stopped",
  restart: "running",
} as const;

/** Reads and writes of one resource by its id: GET, HEAD, PUT, PATCH, DELETE, and VM power actions. */
export function addResourceRoutes(app: Hono<Env>, sandbox: Sandbox, operations: Operations): void {
  const { estate } = sandbox;
  const find = (id: string): Resource => {
    const resource = estate.resource(id);
    if (resource) return resource;
    const [, , subscription = ""] = id.toLowerCase().split("/");
    if (!estate.tenant.subscriptions.some((known) => known.id.toLowerCase() === subscription)) {
      throw new AzureError(
        404,
        "SubscriptionNotFound",
        `The subscription '${subscription}' could not be found.`,
      );
    }
    throw new AzureError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
  };
  const answer = (c: SandboxContext, resource: Resource, status: 200 | 201 | 202 = 200) => {
    c.header("ETag", estate.etag(resource.id));
    const instanceView = /instanceview/i.test(c.req.query("$expand") ?? "");
    const running = operations.running(resource.id);
    return c.json(
      providerResource(estate, resource, { instanceView, ...(running ? { running } : {}) }),
      status,
    );
  };
  const provider = (id: string) => id.slice(id.toLowerCase().lastIndexOf("/providers/") + 11).split("/")[0]!;

  app.get(resourcePath, (c) => {
    operations.observe(c.req.path);
    const id = originalPath(c.req.raw);
    // Before it is looked for: who may not read learns of nothing whether it is there.
    guard(estate, id, `${typeAndName(id).type}/read`);
    return answer(c, find(c.req.path));
  });

  app.put(resourcePath, async (c) => {
    const existing = estate.resource(c.req.path);
    // Groups and providers keep their casing; what is made anew, also again, is named as it was asked for.
    const asked = originalPath(c.req.raw);
    const known = estate.everKnown(c.req.path)?.id;
    const id = existing?.id ?? (known ? renamed(known, asked.split("/").at(-1)!) : asked);
    const { type, name } = typeAndName(id);
    guardChange(estate, id, `${type}/write`, "write");
    checkPreconditions(c, estate, id);
    const body = await parseBody(c);
    const resource = madeResource(estate, {
      ...existing,
      id,
      name,
      type,
      location: body.location ?? existing?.location ?? "",
      ...(body.kind === undefined ? {} : { kind: body.kind }),
      ...(body.sku === undefined ? {} : { sku: body.sku }),
      ...(body.zones === undefined ? {} : { zones: body.zones }),
      tags: body.tags ?? {},
      properties: { ...body.properties },
    });
    if (!slowToMake.test(type)) {
      estate.put(resource);
      takeAddresses(estate, resource);
      return answer(c, resource, existing ? 200 : 201);
    }
    const setState = (of: Resource, provisioningState: string) =>
      estate.put({ ...of, properties: { ...of.properties, provisioningState } });
    operations.begin(c, {
      resourceId: id,
      provider: provider(id),
      kind: existing ? "update" : "create",
      silent: quietlyMade.test(type),
      finish: () => setState(find(id), "Succeeded"),
      // Azure leaves what it could not make, in the state Failed.
      fail: () => setState(find(id), "Failed"),
    });
    setState(resource, "Updating");
    const accepted = /^microsoft\.compute\/(disks|snapshots)$/i.test(type) ? 202 : existing ? 200 : 201;
    return answer(c, find(id), accepted);
  });

  app.patch(resourcePath, async (c) => {
    const existing = find(c.req.path);
    guardChange(estate, existing.id, `${existing.type}/write`, "write");
    checkPreconditions(c, estate, existing.id);
    const body = await parseBody(c);
    const changed = (resource: Resource) => changedResource(estate, resource, body);
    const resource = changed(existing);
    if (!slowToChange.test(existing.type) || (body.sku === undefined && body.properties === undefined)) {
      estate.put(resource);
      return answer(c, resource);
    }
    operations.begin(c, {
      resourceId: existing.id,
      provider: provider(existing.id),
      kind: "update",
      finish: () => estate.put(changed(find(existing.id))),
    });
    // A machine answers 200 with the new state while it still works; others say Accepted.
    return answer(c, resource, isMachine(existing) ? 200 : 202);
  });

  app.delete(resourcePath, (c) => {
    const id = c.req.path;
    const existing = estate.resource(id);
    const { type } = typeAndName(existing?.id ?? originalPath(c.req.raw));
    guardChange(estate, existing?.id ?? id, `${type}/delete`, "delete");
    if (!existing) return c.body(null, 204);
    checkPreconditions(c, estate, id);
    refuseInUse(estate, existing);
    operations.begin(c, {
      resourceId: existing.id,
      provider: provider(existing.id),
      kind: "delete",
      finish: () => deleteResource(estate, find(existing.id)),
    });
    return c.body(null, 202);
  });

  app.post(resourcePath, (c) => {
    const [, id = "", action = ""] = /^(.*)\/([^/]+)$/.exec(c.req.path) ?? [];
    const vm = find(id);
    if (!isMachine(vm) || !Object.hasOwn(powerStates, action)) {
      throw badRequest(`The action '${action}' is not supported on '${vm.type}'.`, "InvalidAction");
    }
    guardChange(estate, vm.id, `${vm.type}/${action}/action`, "write");
    if (action === "deallocate") refuseEphemeral(vm);
    const kind = action as keyof typeof powerStates;
    operations.begin(c, {
      resourceId: vm.id,
      provider: provider(vm.id),
      kind,
      finish: () => changePower(estate, vm, powerStates[kind]),
    });
    return c.body(null, 202);
  });
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

const isMachine = ({ type }: Resource) => type.toLowerCase() === "microsoft.compute/virtualmachines";
const renamed = (id: string, name: string) => `${id.slice(0, id.lastIndexOf("/") + 1)}${name}`;

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
