import type { PricedUse } from "@cloudoptima/db/queries/prices.ts";
import { everywhere, machineGroup, type PriceGroup, priceGroups } from "./price-groups.ts";
import type { SizeBook } from "./size-book.ts";

/** Types of resources that are virtual machines or made of them. */
export const machineTypes: ReadonlySet<string> = new Set([
  "microsoft.compute/virtualmachines",
  "microsoft.compute/virtualmachinescalesets",
  "microsoft.containerservice/managedclusters",
]);

/** One part of the price list to have. */
export interface WantedPrices {
  currency: string;
  region: string;
  group: string;
  size: string;
}

/**
 * The prices that rules may ask for: every size in use and what it could become (smaller ones of its series,
 * burstable ones), and each group of services in the regions where one is used.
 */
export function wantedPrices(
  uses: readonly PricedUse[],
  currencyOf: (subscriptionId: string) => string,
  sizesOf: (subscriptionId: string) => SizeBook,
): WantedPrices[] {
  const wanted = new Map<string, WantedPrices>();
  const want = (one: WantedPrices) =>
    wanted.set([one.currency, one.region, one.group, one.size.toLowerCase()].join("|"), one);
  for (const { subscriptionId, region, type, size } of uses) {
    const currency = currencyOf(subscriptionId);
    if (size !== null && machineTypes.has(type)) {
      const sizes = sizesOf(subscriptionId);
      const targets = [...sizes.smallerSizes(region, size), ...sizes.burstableSizes(region, size)];
      // The list is case-sensitive; resources are not: the offer has the name as it is written there.
      const own = sizes.sizeOf(region, size)?.name ?? size;
      for (const name of [own, ...targets.map((target) => target.name)]) {
        want({ currency, region, group: machineGroup, size: name });
      }
    }
    for (const group of priceGroups as readonly PriceGroup[]) {
      if (!group.types.includes(type)) continue;
      want({ currency, region: group.global ? everywhere : region, group: group.name, size: "" });
    }
  }
  return [...wanted.values()];
}
