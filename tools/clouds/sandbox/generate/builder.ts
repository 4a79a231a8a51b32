import { pick, random } from "../tenant/random.ts";
import type { Charge, Resource } from "../tenant/tenant-schema.ts";
import type { Calendar } from "./calendar.ts";
import type { Plant } from "./plant.ts";

export type SubscriptionKey = "production" | "development" | "shared";

export interface Place {
  subscription: SubscriptionKey;
  group: string;
  region: string;
  tags: Record<string, string>;
}

type ResourceSpec = Omit<Partial<Resource>, "id"> & {
  /** e.g. Microsoft.Sql/servers/databases */
  type: string;
  /** e.g. sql-1/orders for a child resource; its last part is the name. */
  name: string;
  /** Tags that must be there, whatever else is missing. */
  fixedTags?: Record<string, string>;
};

type ChargeSpec = Pick<Charge, "service" | "amount"> & Partial<Charge>;

/** Collects the estate while workloads and plants add to it. */
export interface Builder {
  seed: string;
  calendar: Calendar;
  subscriptionId(key: SubscriptionKey): string;
  id(place: Place, type: string, name: string): string;
  add(place: Place, spec: ResourceSpec): Resource;
  charge(resource: Resource, spec: ChargeSpec): Charge;
  /** A charge of a resource outside the inventory, or of none. */
  looseCharge(charge: ChargeSpec & Pick<Charge, "id" | "subscriptionId" | "resourceId">): Charge;
  plant(plant: Plant): void;
  count(): number;
  /** Whether a resource of that very id is there. */
  has(id: string): boolean;
  /** Runs `work`; when the estate then has more resources than `limit`, takes all of it back. */
  attempt(limit: number, work: () => void): boolean;
  result(): { resources: Resource[]; charges: Charge[]; plants: Plant[] };
}

export function createBuilder(
  seed: string,
  calendar: Calendar,
  subscriptionIds: Record<SubscriptionKey, string>,
): Builder {
  const resources: Resource[] = [];
  const charges: Charge[] = [];
  const plants: Plant[] = [];
  const places = new Map<string, number>();

  const builder: Builder = {
    seed,
    calendar,
    subscriptionId: (key) => subscriptionIds[key],
    id(place, type, name) {
      const [provider, ...types] = type.split("/");
      const names = name.split("/");
      const path = types.map((part, index) => `${part}/${names[index]}`).join("/");
      return `/subscriptions/${subscriptionIds[place.subscription]}/resourceGroups/${place.group}/providers/${provider}/${path}`;
    },
    add(place, spec) {
      const { fixedTags, tags, name, ...rest } = spec;
      const id = builder.id(place, spec.type, name);
      const resource: Resource = {
        location: place.region,
        ...rest,
        id,
        name: name.split("/").at(-1)!,
        tags: { ...keptTags(seed, id, { ...place.tags, ...tags }), ...fixedTags },
        properties: { provisioningState: "Succeeded", ...spec.properties },
      };
      places.set(id, resources.length);
      resources.push(resource);
      return resource;
    },
    charge(resource, spec) {
      return builder.looseCharge({
        id: `${resource.id.toLowerCase()}#${spec.service}/${spec.meter ?? ""}/${spec.shownIn ?? "both"}`,
        subscriptionId: resource.id.split("/")[2]!,
        resourceId: resource.id,
        resourceType: resource.type,
        resourceLocation: resource.location,
        ...spec,
      });
    },
    looseCharge(spec) {
      const charge: Charge = {
        resourceType: "",
        resourceLocation: "",
        meterSubCategory: "",
        meter: "",
        chargeType: "Usage",
        pricingModel: "OnDemand",
        benefitName: "",
        shownIn: "both",
        stopsWithVm: false,
        events: [],
        ...spec,
      };
      charges.push(charge);
      return charge;
    },
    plant: (plant) => void plants.push(plant),
    count: () => resources.length,
    // What was taken back leaves its place behind, where something else may stand by now.
    has: (id) => resources[places.get(id) ?? -1]?.id === id,
    attempt(limit, work) {
      const lengths = [resources.length, charges.length, plants.length] as const;
      work();
      if (resources.length <= limit) return true;
      resources.length = lengths[0];
      charges.length = lengths[1];
      plants.length = lengths[2];
      return false;
    },
    result: () => ({ resources, charges, plants }),
  };
  return builder;
}

/** As in real estates, some resources miss some tags and a few have none. */
function keptTags(seed: string, id: string, tags: Record<string, string>): Record<string, string> {
  if (random(seed, id, "untagged") < 0.07) return {};
  const missing: Record<string, number> = { Owner: 0.3, CostCenter: 0.15, Application: 0.1, Team: 0.06 };
  return Object.fromEntries(
    Object.entries(tags)
      .filter(([key]) => random(seed, id, key) >= (missing[key] ?? 0.02))
      // Hand-made tags: the same environment is written in more than one way.
      .map(([key, value]) =>
        key === "Environment" && random(seed, id, "spelling") < 0.04
          ? [key, pick([value.toUpperCase(), value.slice(0, 4)], seed, id)]
          : [key, value],
      ),
  );
}
