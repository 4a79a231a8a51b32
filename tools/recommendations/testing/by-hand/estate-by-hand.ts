import type { TenantInput } from "../../../clouds/sandbox/tenant/tenant-schema.ts";
import type { WasteType } from "../../../clouds/sandbox/truth-schema.ts";

export type ResourceInput = TenantInput["resources"][number];
export type ChargeInput = TenantInput["charges"][number];

/** A tenant written by hand, and what its writer says is waste in it and what is not. */
export interface EstateByHand {
  now: string;
  tenant: TenantInput;
  /** Savings a month in the tenant's currency, worked out by hand. */
  waste: { type: WasteType; id: string; monthlySaving: number }[];
  traps: { type: WasteType; id: string; why: string }[];
}

/** Where a resource is: subscription, group, type and name, as the writer of the file spells them. */
export type At = readonly [subscription: string, group: string, type: string, name: string];

const idAt = ([subscription, group, type, name]: At): string => {
  const [provider, ...types] = type.split("/");
  const names = name.split("/");
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${provider}/${types
    .map((part, index) => `${part}/${names[index]}`)
    .join("/")}`;
};

/** A month of a daily amount, as savings are told (RULES.md, "Savings"). */
export const monthOf = (daily: number): number => (daily * 365) / 12;

/** Collects what a person would write into a tenant.json, line by line. */
export function estateByHand(head: {
  name: string;
  now: string;
  days: number;
  currency: string;
  location: string;
  subscriptions: TenantInput["subscriptions"];
}) {
  const resources: ResourceInput[] = [];
  const charges: ChargeInput[] = [];
  const waste: EstateByHand["waste"] = [];
  const traps: EstateByHand["traps"] = [];
  const estate = {
    add(at: At, resource: Partial<ResourceInput> = {}): string {
      const id = idAt(at);
      resources.push({
        id,
        name: at[3].split("/").at(-1)!,
        type: at[2],
        location: head.location,
        ...resource,
      });
      return id;
    },
    /** What a resource costs a day, always the same. */
    cost(id: string, service: string, daily: string, more: Partial<ChargeInput> = {}): void {
      charges.push({
        id: `charge-${charges.length + 1}`,
        subscriptionId: id.split("/")[2]!,
        resourceId: id,
        service,
        amount: { kind: "fixed", daily },
        ...more,
      });
    },
    /** A machine without anything attached to it. */
    vm(
      at: At,
      size: string,
      daily: string,
      more: Partial<ResourceInput> & { charge?: Partial<ChargeInput> } = {},
    ): string {
      const { charge, properties, ...resource } = more;
      const id = estate.add(at, {
        ...resource,
        properties: {
          hardwareProfile: { vmSize: size },
          storageProfile: { osDisk: { osType: "Linux" }, dataDisks: [] },
          ...properties,
        },
      });
      estate.cost(id, "Virtual Machines", daily, { stopsWithVm: true, ...charge });
      return id;
    },
    waste(type: WasteType, id: string, monthlySaving: number): void {
      waste.push({ type, id, monthlySaving });
    },
    trap(type: WasteType, id: string, why: string): void {
      traps.push({ type, id, why });
    },
    done(): EstateByHand {
      const { now, location: _location, ...tenant } = head;
      return {
        now,
        tenant: {
          version: 1,
          tenantId: `tenant-of-${head.name}`,
          seed: head.name,
          ...tenant,
          resources,
          charges,
        },
        waste,
        traps,
      };
    },
  };
  return estate;
}

const gib = 1024 ** 3;

/** What a machine does that is well used: no rule has anything to say of it. */
export const wellUsed = (memoryGib: number): NonNullable<ResourceInput["usage"]> => ({
  cpuNightPercent: 40,
  cpuDayPercent: 48,
  memoryBytes: memoryGib * gib,
  memoryUsedShare: 0.7,
  networkInBytesPerHour: 2e9,
  networkOutBytesPerHour: 2e9,
});

/** What a machine does that does nothing. */
export const idle = (memoryGib: number): NonNullable<ResourceInput["usage"]> => ({
  ...wellUsed(memoryGib),
  cpuNightPercent: 0.8,
  cpuDayPercent: 0.9,
  memoryUsedShare: 0.1,
  networkInBytesPerHour: 1e6,
  networkOutBytesPerHour: 1e6,
});
