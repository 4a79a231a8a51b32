import type { ResourceChangeCategory } from "@cloudoptima/db/inventory-schema.ts";

/** What of a resource is compared between two scans. */
export interface ComparedResource {
  name: string;
  region: string | null;
  resourceGroup: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  status: string | null;
}

export interface FieldChange {
  /** status, region, tags.Owner, sku.name, hardwareProfile.vmSize, … */
  field: string;
  category: ResourceChangeCategory;
  from: string | null;
  to: string | null;
}

// A value is for people to read: a whole policy document is not.
const longestValue = 2_000;
// A template that rewrites a resource changes hundreds of fields; more tell nothing.
const mostChanges = 400;

/** What differs between two pictures of a resource, field by field, in the order of the fields; volatile ones are left out. */
export function diffResource(before: ComparedResource, after: ComparedResource): FieldChange[] {
  const old = flatten(before);
  const now = flatten(after);
  const changes: FieldChange[] = [];
  for (const field of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const from = old.get(field) ?? null;
    const to = now.get(field) ?? null;
    if (from === to || isVolatile(field, from, to)) continue;
    if (field !== "status" && repeatsStatus(before, after, from, to)) continue;
    changes.push({ field, category: categoryOf(field), from: shortened(from), to: shortened(to) });
  }
  return changes.slice(0, mostChanges);
}

/** One field's change by itself, as a scan would keep it; undefined for a volatile one. */
export function changedField(field: string, from: string | null, to: string | null): FieldChange | undefined {
  if (from === to || isVolatile(field, from, to)) return undefined;
  return { field, category: categoryOf(field), from: shortened(from), to: shortened(to) };
}

function flatten(resource: ComparedResource): Map<string, string> {
  const fields = new Map<string, string>();
  const set = (field: string, value: string | null) => {
    if (value !== null) fields.set(field, value);
  };
  set("name", resource.name);
  set("region", resource.region);
  set("resourceGroup", resource.resourceGroup);
  set("status", resource.status);
  for (const [key, value] of Object.entries(resource.tags)) set(`tags.${key}`, value);
  addLeaves(fields, "", resource.properties);
  return fields;
}

/** Leaves of nested properties; members of a list are known by their name or id, so that a new first one moves none. */
function addLeaves(fields: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") {
    fields.set(path, String(value));
    return;
  }
  if (!Array.isArray(value)) {
    for (const [key, member] of Object.entries(value))
      addLeaves(fields, path ? `${path}.${key}` : key, member);
    return;
  }
  const names = value.map(memberName);
  if (value.length > 0 && names.every((name) => name !== undefined) && new Set(names).size === names.length) {
    value.forEach((member, index) => void addLeaves(fields, `${path}[${names[index]}]`, member));
  } else if (value.length > 0) {
    fields.set(path, JSON.stringify(value));
  }
}

function memberName(member: unknown): string | undefined {
  if (typeof member !== "object" || member === null) return undefined;
  const { name, id, lun } = member as { name?: unknown; id?: unknown; lun?: unknown };
  const found = typeof name === "string" ? name : typeof id === "string" ? id.split("/").at(-1) : lun;
  return found === undefined ? undefined : String(found);
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const volatileName =
  /(^|\.)(etag|resourceVersion|[a-z.]*(time|timeutc|timestamp|lastmodified\w*|lastupdate\w*))$/i;

/** Etags and moments move without anybody having changed anything; neither do states on the way to success. */
function isVolatile(field: string, from: string | null, to: string | null): boolean {
  if (field.startsWith("tags.")) return false;
  // What it is doing at the moment is its status.
  if (volatileName.test(field) || /^(extended|instanceView)\./.test(field)) return true;
  if ([from, to].every((value) => value === null || isoTime.test(value))) return true;
  return field === "provisioningState" && ![from, to].some((value) => /failed|canceled/i.test(value ?? ""));
}

/** The property that the status is read from would tell the same change twice. */
function repeatsStatus(
  before: ComparedResource,
  after: ComparedResource,
  from: string | null,
  to: string | null,
): boolean {
  if (before.status === after.status || before.status === null || after.status === null) return false;
  const says = (value: string | null, status: string) => value?.toLowerCase().endsWith(status) === true;
  return says(from, before.status) && says(to, after.status);
}

const patterns: readonly [RegExp, ResourceChangeCategory][] = [
  [/^tags\./, "tag"],
  [/^status$/, "status"],
  [/^region$/, "region"],
  [/(^|\.)(sku\.tier|tier|accessTier|sku\.family)$/i, "tier"],
  [
    /(^|\.)(sku|sku\.(name|size|capacity)|vmSize|diskSizeGB|capacity|count|maxSizeBytes|(current|requested)(Sku|ServiceObjective)\w*(\.\w+)?)$/i,
    "size",
  ],
  [
    /(^|\.)managedBy(Extended)?$|\.(managedDisk|virtualMachine|publicIPAddress|subnet|networkSecurityGroup|natGateway)\.id$|^(virtualMachine|ipConfiguration|networkSecurityGroup|natGateway)\.id$|networkInterfaces|serverFarmId|elasticPoolId|backendIPConfigurations|dataDisks/i,
    "attachment",
  ],
];

function categoryOf(field: string): ResourceChangeCategory {
  return patterns.find(([pattern]) => pattern.test(field))?.[1] ?? "property";
}

function shortened(value: string | null): string | null {
  if (value === null || value.length <= longestValue) return value;
  return `${[...value].slice(0, longestValue - 1).join("")}…`;
}
