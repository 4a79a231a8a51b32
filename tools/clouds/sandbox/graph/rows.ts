import type { Estate } from "../estate.ts";
import { inventoryResource } from "../live-resource.ts";
import type { Row } from "./expressions.ts";

/** The Resources table of Resource Graph for some subscriptions. */
export function resourceRows(estate: Estate, subscriptionIds: ReadonlySet<string> | undefined): Row[] {
  const rows: Row[] = [];
  for (const resource of estate.resources()) {
    const [, subscriptionId = "", resourceGroup = ""] =
      /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\//i.exec(resource.id) ?? [];
    if (subscriptionIds && !subscriptionIds.has(subscriptionId.toLowerCase())) continue;
    const live = inventoryResource(estate, resource);
    rows.push({
      id: live.id,
      name: live.name,
      // Resource Graph gives types and groups in lower case, ids as they were made.
      type: live.type.toLowerCase(),
      tenantId: estate.tenant.tenantId,
      kind: live.kind ?? "",
      location: live.location,
      resourceGroup: resourceGroup.toLowerCase(),
      subscriptionId,
      managedBy: live.managedBy ?? "",
      sku: live.sku ?? null,
      plan: null,
      properties: live.properties,
      tags: Object.keys(live.tags).length > 0 ? live.tags : null,
      identity: null,
      zones: live.zones ?? null,
      extendedLocation: null,
    });
  }
  return rows;
}

/** The ResourceContainers table: subscriptions and resource groups. */
export function containerRows(estate: Estate, subscriptionIds: ReadonlySet<string> | undefined): Row[] {
  const wanted = estate.tenant.subscriptions.filter(
    (subscription) => !subscriptionIds || subscriptionIds.has(subscription.id.toLowerCase()),
  );
  const rows: Row[] = wanted.map((subscription) => ({
    id: `/subscriptions/${subscription.id}`,
    name: subscription.name,
    type: "microsoft.resources/subscriptions",
    tenantId: estate.tenant.tenantId,
    kind: "",
    location: "",
    resourceGroup: "",
    subscriptionId: subscription.id,
    properties: { state: "Enabled" },
    tags: null,
  }));
  const seen = new Set<string>();
  for (const row of resourceRows(estate, subscriptionIds)) {
    const id = `/subscriptions/${row.subscriptionId}/resourceGroups/${row.resourceGroup}`;
    if (seen.has(id)) continue;
    seen.add(id);
    rows.push({
      id,
      name: row.resourceGroup,
      type: "microsoft.resources/subscriptions/resourcegroups",
      tenantId: estate.tenant.tenantId,
      kind: "",
      location: row.location,
      resourceGroup: row.resourceGroup,
      subscriptionId: row.subscriptionId,
      properties: { provisioningState: "Succeeded" },
      tags: null,
    });
  }
  return rows;
}
