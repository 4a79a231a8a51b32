import { readProperty } from "../clouds/read-property.ts";
import type { AssessedResource } from "./assessed-resource.ts";

/** Where a condition stands: the resource and, inside `some` and `each`, an element of one of its lists. */
export interface Scope {
  resource: AssessedResource;
  item?: unknown;
}

// What comes beside a resource's properties, or with every resource: it says nothing of whether they were read.
const envelope = new Set(["sku", "kind", "zones", "managedBy", "provisioningState"]);

/** Whether the provider delivered the properties at all: what was not read is unknown, not missing. */
export function isRead(resource: AssessedResource): boolean {
  return Object.keys(resource.properties).some((key) => !envelope.has(key));
}

const split = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const steps = split.get(path) ?? path.split(".");
  split.set(path, steps);
  return steps;
}

/** The value at a path; undefined when it is missing, null or empty text. */
export function readPath(scope: Scope, path: string): unknown {
  const [root, ...rest] = stepsOf(path);
  const from = root === "item" ? scope.item : scope.resource[root as "properties"];
  const value = rest.length > 0 ? readProperty(from, ...rest) : from;
  return value === null || value === "" ? undefined : value;
}
