import type { Hono } from "hono";
import { providerResource } from "../live-resource.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox, SandboxContext } from "./context.ts";

const pageSize = 1000;

/** Lists of Resource Manager: tenants, subscriptions, resource groups, resources. */
export function addSubscriptionRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { tenant } = sandbox.estate;
  const shape = (subscription: { id: string; name: string }) => ({
    id: `/subscriptions/${subscription.id}`,
    subscriptionId: subscription.id,
    tenantId: tenant.tenantId,
    displayName: subscription.name,
    state: "Enabled",
    authorizationSource: "RoleBased",
    subscriptionPolicies: { locationPlacementId: "Public_2014-09-01", spendingLimit: "Off" },
  });
  const find = (id: string) => {
    const found = tenant.subscriptions.find((subscription) => subscription.id.toLowerCase() === id);
    if (!found)
      throw new AzureError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`);
    return found;
  };

  app.get("/tenants", (c) =>
    c.json({
      value: [{ id: `/tenants/${tenant.tenantId}`, tenantId: tenant.tenantId, displayName: tenant.name }],
    }),
  );
  app.get("/subscriptions", (c) =>
    c.json({
      value: tenant.subscriptions.map(shape),
      count: { type: "Total", value: tenant.subscriptions.length },
    }),
  );
  app.get("/subscriptions/:subscription", (c) => c.json(shape(find(c.req.param("subscription")))));

  app.get("/subscriptions/:subscription/resourcegroups", (c) => {
    const { id } = find(c.req.param("subscription"));
    const groups = new Map<string, Resource>();
    for (const resource of inSubscription(sandbox, id)) {
      const name = groupOf(resource);
      if (!groups.has(name.toLowerCase())) groups.set(name.toLowerCase(), resource);
    }
    return c.json({
      value: [...groups.values()].map((resource) => groupBody(id, resource)),
    });
  });
  app.get("/subscriptions/:subscription/resourcegroups/:group", (c) => {
    const { id } = find(c.req.param("subscription"));
    return c.json(groupBody(id, inGroup(sandbox, id, c.req.param("group"))[0]!));
  });
  app.get("/subscriptions/:subscription/resources", (c) => {
    const { id } = find(c.req.param("subscription"));
    return listResources(c, sandbox, inSubscription(sandbox, id));
  });
  app.get("/subscriptions/:subscription/resourcegroups/:group/resources", (c) => {
    const { id } = find(c.req.param("subscription"));
    return listResources(c, sandbox, inGroup(sandbox, id, c.req.param("group")));
  });
}

function inSubscription(sandbox: Sandbox, subscriptionId: string): Resource[] {
  const prefix = `/subscriptions/${subscriptionId}/`.toLowerCase();
  return sandbox.estate.resources().filter((resource) => resource.id.toLowerCase().startsWith(prefix));
}

/** A group exists as long as a resource is in it. */
function inGroup(sandbox: Sandbox, subscriptionId: string, group: string): Resource[] {
  const resources = inSubscription(sandbox, subscriptionId).filter(
    (resource) => groupOf(resource).toLowerCase() === group,
  );
  if (resources.length === 0) {
    throw new AzureError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
  }
  return resources;
}

function groupBody(subscriptionId: string, member: Resource) {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${groupOf(member)}`,
    name: groupOf(member),
    type: "Microsoft.Resources/resourceGroups",
    location: member.location,
    properties: { provisioningState: "Succeeded" },
  };
}

function groupOf(resource: Resource): string {
  return resource.id.split("/")[4] ?? "";
}

/** Resource Manager's list shows no properties; `$filter=resourceType eq '…'` and `$top` are understood. */
function listResources(c: SandboxContext, sandbox: Sandbox, resources: Resource[]) {
  const filter = c.req.query("$filter");
  let wanted = resources;
  if (filter !== undefined) {
    const type = /^resourcetype eq '([^']+)'$/i.exec(filter.trim())?.[1];
    if (type === undefined)
      throw badRequest(`The filter '${filter}' is not supported.`, "InvalidFilterInQueryString");
    wanted = resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());
  }
  const skip = Number(Buffer.from(c.req.query("$skiptoken") ?? "", "base64").toString() || 0);
  const size = Math.min(Number(c.req.query("$top") ?? pageSize), pageSize);
  const next = new URL(`${sandbox.origin()}${c.req.path}`);
  for (const [name, value] of Object.entries(c.req.query())) next.searchParams.set(name, value);
  next.searchParams.set("$skiptoken", Buffer.from(String(skip + size)).toString("base64"));
  return c.json({
    value: wanted.slice(skip, skip + size).map((resource) => {
      const { properties: _properties, ...rest } = providerResource(sandbox.estate, resource);
      return rest;
    }),
    ...(skip + size < wanted.length ? { nextLink: next.toString() } : {}),
  });
}
