import { random } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";

/** One way in which a resource is not configured as Microsoft's guidance asks. */
export interface Fault {
  /** Id of the Well-Architected check that it violates; written down by hand, never by the product. */
  check: string;
  /** Share of the resources that have it, 0 to 1. */
  chance: number;
  /** Only of resources for which this holds. */
  of?: (resource: Resource) => boolean;
  /** Values by path, dots between the steps; null takes away. */
  set: Record<string, unknown>;
}

/** How resources of a type are configured, unless a fault or the workload itself says otherwise. */
export interface Configuration {
  usual(resource: Resource): Record<string, unknown>;
  faults: readonly Fault[];
}

export function isWindows({ properties }: Resource): boolean {
  const storage = properties.storageProfile as { osDisk?: { osType?: string } } | undefined;
  return storage?.osDisk?.osType === "Windows";
}

/** Whoever looks at it sees that it is production: by the tag, in whichever spelling. */
export function isTaggedProduction({ tags }: Resource): boolean {
  return /^prod/i.test(tags.Environment ?? "");
}

/** Faults of a resource, drawn by its id alone: another resource more or less changes no other. */
export function drawFaults(seed: string, resource: Resource, faults: readonly Fault[]): Fault[] {
  const id = resource.id.toLowerCase();
  return faults.filter(
    ({ check, chance, of }) => random(seed, id, "fault", check) < chance && (!of || of(resource)),
  );
}
