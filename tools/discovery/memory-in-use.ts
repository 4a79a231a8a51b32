import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readComputeSizes } from "@cloudoptima/db/queries/prices.ts";
import type { ResourceDetails } from "@cloudoptima/db/queries/resource-details.ts";
import { readText } from "../clouds/read-property.ts";
import { createSizeBook } from "../prices/create-size-book.ts";
import { fromStoredSizes } from "../prices/stored-prices.ts";
import type { HourlyPoints } from "./summarize-metric.ts";

const bytesPerGib = 1024 ** 3;

/** The memory of a machine's size, in GiB; null where the size is not known, or it is no machine. */
export async function readMemoryGib(
  transaction: TenantTransaction,
  { properties, subscriptionId, region }: ResourceDetails,
): Promise<number | null> {
  const size = readText(properties, "hardwareProfile", "vmSize");
  if (!size || !subscriptionId || !region) return null;
  const offers = await readComputeSizes(transaction, { subscriptionId });
  const sizes = createSizeBook(
    new Map(offers.filter((row) => row.region === region).map((row) => [row.region, fromStoredSizes(row)])),
  );
  return sizes.sizeOf(region, size)?.memoryGib ?? null;
}

/**
 * What Azure does not measure of a machine and people ask for: the share of its size's memory that is not free. An
 * hour with more free than the size has (it was resized since) is left out rather than told below zero.
 */
export function memoryInUse(free: HourlyPoints, memoryGib: number): HourlyPoints {
  return {
    metric: "memory_percent",
    aggregation: free.aggregation,
    unit: "percent",
    points: free.points
      .filter(({ value }) => value <= memoryGib * bytesPerGib)
      .map(({ time, value }) => ({ time, value: 100 * (1 - value / (memoryGib * bytesPerGib)) })),
  };
}
