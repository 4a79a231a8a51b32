import { mergeProperties } from "../server/merge-properties.ts";
import { pick } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { drawFaults } from "./configuration.ts";
import { configurations } from "./configurations.ts";
import type { Plant } from "./plant.ts";

/**
 * Gives resources the properties that Azure delivers beside what their workloads set, with some things configured
 * wrong, and tells which.
 */
export function withConfiguration(
  seed: string,
  resources: readonly Resource[],
): { resources: Resource[]; plants: Plant[] } {
  const plants: Plant[] = [];
  const configured = resources.map((resource) => {
    const placed = withZone(seed, resource);
    const configuration = configurations[resource.type.toLowerCase()];
    if (!configuration) return placed;
    // A list is replaced whole: what is usual of it was made from the workload's own.
    const usual = configuration.usual(placed);
    const lists = Object.fromEntries(Object.entries(usual).filter(([, value]) => Array.isArray(value)));
    let properties = { ...mergeProperties(usual, placed.properties), ...lists };
    for (const fault of drawFaults(seed, placed, configuration.faults)) {
      for (const [path, value] of Object.entries(fault.set)) {
        properties = withValue(properties, path.split("."), value);
      }
      plants.push({ kind: "assessment", check: fault.check, resourceId: resource.id });
    }
    return { ...placed, properties };
  });
  return { resources: configured, plants };
}

/** Machines that somebody cares for are spread over the zones; what is for development is put anywhere. */
function withZone(seed: string, resource: Resource): Resource {
  if (resource.type !== "Microsoft.Compute/virtualMachines" || resource.zones) return resource;
  if (/^(dev|test)/i.test(resource.tags.Environment ?? "")) return resource;
  return { ...resource, zones: [pick(["1", "2", "3"], seed, resource.id.toLowerCase(), "zone")] };
}

/** A copy with a value at a path: null takes away, + appends to a list. */
function withValue(
  target: Record<string, unknown>,
  [step = "", ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest[0] === "+") return { ...target, [step]: [...((target[step] as unknown[]) ?? []), value] };
  if (rest.length > 0) {
    return { ...target, [step]: withValue((target[step] as Record<string, unknown>) ?? {}, rest, value) };
  }
  const { [step]: _before, ...others } = target;
  return value === null ? others : { ...others, [step]: value };
}
