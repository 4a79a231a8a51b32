import type { Estate } from "../estate.ts";
import { stableUuid } from "../tenant/random.ts";
import type { PastChange, Resource } from "../tenant/tenant-schema.ts";
import type { EstateChange } from "./change-log.ts";
import type { Row } from "./expressions.ts";

// As Azure keeps them.
const keptHours = 14 * 24;

/** The resourcechanges table of Resource Graph: creates, updates and deletes of the last 14 days, from before the start, too. */
export function changeRows(estate: Estate, subscriptionIds: ReadonlySet<string> | undefined): Row[] {
  const now = estate.now();
  const from = now.subtract({ hours: keptHours });
  const since = estate.changes.entries().map(toldChange);
  return [
    ...(estate.tenant.history ?? []).map((change, index) => pastChange(estate, change, index)),
    ...since,
  ]
    .filter(({ at }) => Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, now) <= 0)
    .flatMap((change) => changeRow(estate, change, subscriptionIds));
}

interface ToldChange {
  id: string;
  at: Temporal.Instant;
  changeType: EstateChange["changeType"];
  resource: { id: string; type: string };
  changes: Record<string, PropertyChange>;
  actor?: Pick<PastChange, "changedBy" | "changedByType" | "clientType" | "operation">;
}

function toldChange({ id, at, changeType, before, after }: EstateChange): ToldChange {
  const changes = before && after ? changedProperties(before, after) : {};
  return { id, at, changeType, resource: (after ?? before)!, changes };
}

function pastChange(estate: Estate, change: PastChange, index: number): ToldChange {
  const { at, changeType, resourceId, changes, ...actor } = change;
  return {
    id: stableUuid(estate.tenant.seed, "past change", resourceId.toLowerCase(), at, index),
    at: Temporal.Instant.from(at),
    changeType,
    resource: { id: resourceId, type: typeOfId(resourceId) },
    changes: Object.fromEntries(
      changes.map(({ path, previousValue, newValue }) => [path, propertyChange(previousValue, newValue)]),
    ),
    actor,
  };
}

/** "microsoft.sql/servers/databases" of …/providers/Microsoft.Sql/servers/s/databases/d */
function typeOfId(id: string): string {
  const [namespace = "", ...parts] = id.toLowerCase().split("/providers/").at(-1)!.split("/");
  return [namespace, ...parts.filter((_, index) => index % 2 === 0)].join("/");
}

function changeRow(
  estate: Estate,
  { id, at, changeType, resource, changes, actor = {} }: ToldChange,
  subscriptionIds: ReadonlySet<string> | undefined,
): Row[] {
  const [, subscriptionId = "", resourceGroup = ""] =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\//i.exec(resource.id) ?? [];
  if (subscriptionIds && !subscriptionIds.has(subscriptionId.toLowerCase())) return [];
  return [
    {
      id: `${resource.id}/providers/Microsoft.Resources/changes/${id}`,
      name: id,
      type: "microsoft.resources/changes",
      tenantId: estate.tenant.tenantId,
      kind: "",
      location: "",
      resourceGroup: resourceGroup.toLowerCase(),
      subscriptionId,
      properties: {
        targetResourceId: resource.id,
        targetResourceType: resource.type.toLowerCase(),
        changeType,
        changeAttributes: {
          timestamp: at.toString(),
          changesCount: Object.keys(changes).length,
          correlationId: "00000000-0000-0000-0000-000000000000",
          changedBy: actor.changedBy ?? "Unspecified",
          changedByType: actor.changedByType ?? "Unspecified",
          clientType: actor.clientType ?? "Unspecified",
          operation: actor.operation ?? "Unspecified",
        },
        changes,
      },
    },
  ];
}

interface PropertyChange {
  propertyChangeType: "Insert" | "Update" | "Remove";
  changeCategory: "User";
  previousValue: string | null;
  newValue: string | null;
}

function propertyChange(previousValue: string | null, newValue: string | null): PropertyChange {
  const propertyChangeType = previousValue === null ? "Insert" : newValue === null ? "Remove" : "Update";
  return { propertyChangeType, changeCategory: "User", previousValue, newValue };
}

/** By path, as "tags.Team" or "properties.hardwareProfile.vmSize"; values are text. */
function changedProperties(before: Resource, after: Resource): Record<string, PropertyChange> {
  const old = leaves(before);
  const now = leaves(after);
  const changes: Record<string, PropertyChange> = {};
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const previousValue = old.get(path) ?? null;
    const newValue = now.get(path) ?? null;
    if (previousValue === newValue) continue;
    changes[path] = propertyChange(previousValue, newValue);
  }
  return changes;
}

function leaves(resource: Resource): Map<string, string> {
  // What the sandbox plans for it is no property of it.
  const { power: _power, usage: _usage, activity: _activity, ...shown } = resource;
  const found = new Map<string, string>();
  const add = (path: string, value: unknown) => {
    if (value === null || value === undefined) return;
    if (typeof value !== "object") found.set(path, String(value));
    else {
      for (const [key, member] of Object.entries(value)) {
        add(Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key, member);
      }
    }
  };
  add("", shown);
  return found;
}
