import type { PowerChange, PowerState } from "./tenant/power.ts";
import { powerStateAt } from "./tenant/power.ts";
import type { Resource, Tenant } from "./tenant/tenant-schema.ts";

/** A tenant as it stands now: its resources plus every change made through the API since the start. */
export interface Estate {
  tenant: Tenant;
  /** Rises with every change; caches compare it. */
  version: number;
  resource(id: string): Resource | undefined;
  /** Ordered by lower-case id. */
  resources(): Resource[];
  /** As it was planted or made, even when it has been deleted since. */
  everKnown(id: string): Resource | undefined;
  put(resource: Resource): void;
  delete(id: string): void;
  setPower(id: string, state: PowerState): void;
  powerChanges(id: string): readonly PowerChange[];
  powerState(id: string): PowerState;
  /** First hour (since 1970) in which it no longer exists; undefined while it does. */
  deletedFromHour(id: string): number | undefined;
  now(): Temporal.Instant;
}

export function createEstate(tenant: Tenant, now: () => Temporal.Instant): Estate {
  const alive = new Map<string, Resource>();
  const known = new Map<string, Resource>();
  const changes = new Map<string, PowerChange[]>();
  const deleted = new Map<string, number>();
  for (const resource of tenant.resources) {
    alive.set(resource.id.toLowerCase(), resource);
    known.set(resource.id.toLowerCase(), resource);
  }
  let ordered: Resource[] | undefined;
  const hour = () => Math.floor(now().epochMilliseconds / 3_600_000);

  const estate: Estate = {
    tenant,
    version: 0,
    now,
    resource: (id) => alive.get(id.toLowerCase()),
    everKnown: (id) => known.get(id.toLowerCase()),
    resources() {
      ordered ??= [...alive.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
      return ordered;
    },
    put(resource) {
      const key = resource.id.toLowerCase();
      alive.set(key, resource);
      known.set(key, resource);
      deleted.delete(key);
      changed();
    },
    delete(id) {
      if (!alive.delete(id.toLowerCase())) return;
      deleted.set(id.toLowerCase(), hour() + 1);
      changed();
    },
    setPower(id, state) {
      const key = id.toLowerCase();
      changes.set(key, [...(changes.get(key) ?? []), { fromHour: hour() + 1, state }]);
      changed();
    },
    powerChanges: (id) => changes.get(id.toLowerCase()) ?? [],
    powerState(id) {
      const made = changes.get(id.toLowerCase());
      // A change counts in the inventory at once, in the bill from the next full hour.
      return made?.at(-1)?.state ?? powerStateAt(alive.get(id.toLowerCase())?.power, [], hour());
    },
    deletedFromHour: (id) => deleted.get(id.toLowerCase()),
  };
  function changed() {
    estate.version++;
    ordered = undefined;
  }
  return estate;
}
