import type { StoredPrices, StoredSizes } from "@cloudoptima/db/queries/prices.ts";
import { z } from "zod";
import type { ComputeSku, RetailPrice } from "../clouds/cloud.ts";
import type { KeptPrices } from "./create-price-book.ts";
import { keptCapabilities } from "./create-size-book.ts";

const Lines: z.ZodType<RetailPrice[]> = z.array(
  z.object({
    currency: z.string(),
    price: z.string(),
    unitOfMeasure: z.string(),
    region: z.string(),
    service: z.string(),
    product: z.string(),
    sku: z.string(),
    armSku: z.string(),
    meter: z.string(),
    type: z.string(),
    reservationTerm: z.string().nullable(),
    fromUnits: z.number(),
    effectiveFrom: z.string(),
    primary: z.boolean(),
    savingsPlans: z.array(z.object({ term: z.string(), price: z.string() })),
  }),
);
const Skus: z.ZodType<ComputeSku[]> = z.array(
  z.object({
    kind: z.enum(["virtual_machine", "disk"]),
    name: z.string(),
    size: z.string(),
    family: z.string(),
    zones: z.array(z.string()),
    capabilities: z.record(z.string(), z.string()),
    restriction: z.string().nullable(),
  }),
);

/** Prices as the book takes them. */
export function fromStoredPrices({ region, group, size, readAt, prices }: StoredPrices): KeptPrices {
  const instant = Temporal.Instant.fromEpochMilliseconds(readAt.getTime());
  return { region, group, size, readAt: instant, prices: Lines.parse(prices) };
}

/** What is offered, as the size book takes it. */
export function fromStoredSizes({ sizes }: StoredSizes): ComputeSku[] {
  return Skus.parse(sizes);
}

/** What is kept of an offer: a region has hundreds of sizes, each with dozens of capabilities that nobody reads. */
export function toStoredSku(sku: ComputeSku): ComputeSku {
  const capabilities = Object.fromEntries(
    keptCapabilities.flatMap((name) => {
      const value = sku.capabilities[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...sku, capabilities };
}
