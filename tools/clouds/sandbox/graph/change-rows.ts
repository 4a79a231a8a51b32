import type { Estate } from "../estate.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import type { EstateChange } from "./change-log.ts";
import type { Row } from "./expressions.ts";

// As Azure keeps them.
const keptHours = 14 * 24;

/** The resourcechanges table of Resource Graph: creates, updates and deletes of the last 14 days. */
export function changeRows(estate: Estate, subscriptionIds: ReadonlySet<string> | undefined): Row[] {
  const from = estate.now().subtract({ hours: keptHours });
  return estate.changes
    .entries()
    .filter(({ at }) => Temporal.Instant.compare(at, from) >= 0)
    .flatMap((change) => changeRow(estate, change, subscriptionIds));
}

function changeRow(
  estate: Estate,
  { id, at, changeType, before, after }: EstateChange,
  subscriptionIds: ReadonlySet<string> | undefined,
): Row[] {
  const resource = (after ?? before)!;
  const [, subscriptionId = "", resourceGroup = ""] =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\//i.exec(resource.id) ?? [];
  if (subscriptionIds && !subscriptionIds.has(subscriptionId.toLowerCase())) return [];
  const changes = before && after ? changedProperties(before, after) : {};
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
        },
        changes,
      },
    },
  ];
}

interface PropertyChange {
  changeType: "Insert" | "Update" | "Remove";
  changeCategory: "User";
  previousValue: string | null;
  newValue: string | null;
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
    changes[path] = {
      changeType: previousValue === null ? "Insert" : newValue === null ? "Remove" : "Update",
      changeCategory: "User",
      previousValue,
      newValue,
    };
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
