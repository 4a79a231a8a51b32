import { listPriceOf } from "../cost/list-price.ts";
import type { Charge, Resource } from "./tenant-schema.ts";

/** What resources were before and after changes through the API: a charge follows the list price of what it is for. */
export interface Versions {
  /** From this hour (since 1970) on the resource is another one. */
  change(before: Resource, after: Resource, fromHour: number): void;
  /** What a day of a charge costs, as a multiple of what it cost before any change. */
  factorOfDay(charge: Charge, day: number): number;
}

export function createVersions(): Versions {
  const changed = new Map<string, { first: Resource; since: { fromHour: number; resource: Resource }[] }>();
  return {
    change(before, after, fromHour) {
      const key = after.id.toLowerCase();
      const known = changed.get(key) ?? { first: before, since: [] };
      known.since.push({ fromHour, resource: after });
      changed.set(key, known);
    },
    factorOfDay(charge, day) {
      const known = changed.get(charge.resourceId?.toLowerCase() ?? "");
      const first = known && listPriceOf(charge, known.first);
      if (!known || !first) return 1;
      let sum = 0;
      for (let hour = day * 24; hour < day * 24 + 24; hour++) {
        const then = known.since.findLast(({ fromHour }) => fromHour <= hour)?.resource;
        sum += then ? (listPriceOf(charge, then) ?? first) / first : 1;
      }
      return sum / 24;
    },
  };
}
