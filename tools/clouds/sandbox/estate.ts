import { madeCharges } from "./cost/made-charges.ts";
import { type ChangeLog, createChangeLog } from "./graph/change-log.ts";
import { inventoryResource } from "./live-resource.ts";
import { createLocks, type Locks } from "./locks.ts";
import { createPermissions, type Permissions } from "./permissions.ts";
import { type Addresses, createAddresses } from "./tenant/addresses.ts";
import { createLifetimes } from "./tenant/lifetimes.ts";
import type { PowerChange, PowerState } from "./tenant/power.ts";
import { powerStateAt } from "./tenant/power.ts";
import { stableUuid } from "./tenant/random.ts";
import { createShutdowns, isSchedule } from "./tenant/shutdowns.ts";
import type { Charge, Resource, Tenant } from "./tenant/tenant-schema.ts";
import { createVersions } from "./tenant/versions.ts";

/** A tenant as it stands now: its resources plus every change made through the API since the start. */
export interface Estate {
  tenant: Tenant;
  locks: Locks;
  addresses: Addresses;
  permissions: Permissions;
  /** Creates, updates and deletes since the start. */
  changes: ChangeLog;
  /** Rises with every change, also by a schedule's; caches compare it. */
  readonly version: number;
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
  /** Names the resource's present version; another one after each change. */
  etag(id: string): string;
  /** The tenant's charges and those of what was made since. */
  charges(): readonly Charge[];
  charge(id: string): Charge | undefined;
  /** What a day of a charge costs after changes of its resource, as a multiple of what it cost before them. */
  priceFactorOfDay(charge: Charge, day: number): number;
  /** Share of a day in which what a charge is for existed, 0 to 1. */
  existedShareOfDay(charge: Charge, day: number): number;
  now(): Temporal.Instant;
}

export function createEstate(tenant: Tenant, now: () => Temporal.Instant): Estate {
  const alive = new Map<string, Resource>();
  const known = new Map<string, Resource>();
  const changes = new Map<string, PowerChange[]>();
  const revisions = new Map<string, number>();
  const charges = [...tenant.charges];
  const chargesById = new Map(charges.map((charge) => [charge.id, charge]));
  const charged = new Set(charges.flatMap(({ resourceId }) => resourceId?.toLowerCase() ?? []));
  const lifetimes = createLifetimes();
  const versions = createVersions();
  const shutdowns = createShutdowns();
  let version = 0;
  for (const resource of tenant.resources) {
    const key = resource.id.toLowerCase();
    alive.set(key, resource);
    known.set(key, resource);
    lifetimes.begin(key, Number.NEGATIVE_INFINITY);
  }
  let ordered: Resource[] | undefined;
  // A change counts in the inventory at once, in the bill from the next full hour.
  const nextHour = () => Math.floor(now().epochMilliseconds / 3_600_000) + 1;
  // What schedules did stands between what was asked for by hand.
  const powerChanges = (key: string): readonly PowerChange[] => {
    const made = changes.get(key) ?? [];
    const scheduled = shutdowns.of(key, now().epochMilliseconds);
    return scheduled.length === 0 ? made : [...made, ...scheduled].sort((a, b) => a.fromHour - b.fromHour);
  };

  const estate: Estate = {
    tenant,
    locks: createLocks(tenant.locks),
    addresses: createAddresses(tenant.resources),
    permissions: createPermissions(tenant),
    changes: createChangeLog(tenant.seed),
    get version() {
      return version + shutdowns.count(now().epochMilliseconds);
    },
    now,
    resource: (id) => alive.get(id.toLowerCase()),
    everKnown: (id) => known.get(id.toLowerCase()),
    resources() {
      ordered ??= [...alive.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
      return ordered;
    },
    put(resource) {
      const key = resource.id.toLowerCase();
      const before = picture(key);
      if (isSchedule(key)) shutdowns.put(resource, now().epochMilliseconds);
      if (!alive.has(key)) beginLife(key, resource);
      // A machine's plan says what it did before; what it does now is a change.
      const power = resource.power ?? known.get(key)?.power;
      const kept = power === undefined ? resource : { ...resource, power };
      const former = known.get(key);
      if (former) versions.change(former, kept, nextHour());
      alive.set(key, kept);
      known.set(key, kept);
      changed(key, before);
    },
    delete(id) {
      const key = id.toLowerCase();
      const before = picture(key);
      if (!alive.delete(key)) return;
      lifetimes.end(key, nextHour());
      shutdowns.delete(key, now().epochMilliseconds);
      changed(key, before);
    },
    setPower(id, state) {
      const key = id.toLowerCase();
      const before = picture(key);
      changes.set(key, [...(changes.get(key) ?? []), { fromHour: nextHour(), state }]);
      changed(key, before);
    },
    powerChanges: (id) => powerChanges(id.toLowerCase()),
    powerState(id) {
      const made = powerChanges(id.toLowerCase());
      return made.at(-1)?.state ?? powerStateAt(alive.get(id.toLowerCase())?.power, [], nextHour() - 1);
    },
    etag(id) {
      const key = id.toLowerCase();
      return `"${stableUuid(tenant.seed, key, "etag", revisions.get(key) ?? 0)}"`;
    },
    charges: () => charges,
    charge: (id) => chargesById.get(id),
    priceFactorOfDay: versions.factorOfDay,
    existedShareOfDay: (charge, day) =>
      charge.resourceId === null ? 1 : lifetimes.shareOfDay(charge.resourceId.toLowerCase(), day),
  };

  function beginLife(key: string, resource: Resource) {
    const again = known.has(key);
    // Charges of a resource that the inventory never had say themselves when they apply.
    lifetimes.begin(key, !again && charged.has(key) ? Number.NEGATIVE_INFINITY : nextHour());
    if (again && resource.type.toLowerCase() === "microsoft.compute/virtualmachines") {
      changes.set(key, [...(changes.get(key) ?? []), { fromHour: nextHour(), state: "running" }]);
    }
    // What was there before costs again what it cost; only what is new needs a price.
    if (charged.has(key)) return;
    charged.add(key);
    for (const charge of madeCharges(resource)) {
      charges.push(charge);
      chargesById.set(charge.id, charge);
    }
  }
  /** As the inventory shows it now. */
  function picture(key: string): Resource | undefined {
    const resource = alive.get(key);
    return resource && inventoryResource(estate, resource);
  }
  function changed(key: string, before: Resource | undefined) {
    estate.changes.record(now(), before, picture(key));
    revisions.set(key, (revisions.get(key) ?? 0) + 1);
    version++;
    ordered = undefined;
  }
  return estate;
}
