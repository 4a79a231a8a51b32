import { readComputeSizes, readMachinePrices } from "@cloudoptima/db/queries/prices.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { vmPricesOf } from "./compute-prices.ts";
import { createSizeBook } from "./create-size-book.ts";
import type { Price } from "./price.ts";
import { doubtfulAgeDays, isUsable } from "./price-age.ts";
import type { SizeBook } from "./size-book.ts";
import { fromStoredPrices, fromStoredSizes } from "./stored-prices.ts";

const Hourly = Money.nullable().describe("For one hour; null: the price list has none");

const ComputePrices = z.object({
  region: z.string(),
  size: z.string(),
  capabilities: z
    .object({
      family: z.string(),
      vcpus: z.number(),
      memoryGib: z.number(),
      maxDataDisks: z.number().nullable(),
      maxNetworkInterfaces: z.number().nullable(),
      premiumStorage: z.boolean(),
      acceleratedNetworking: z.boolean(),
      uncachedIops: z.number().nullable(),
      uncachedBytesPerSecond: z.number().nullable(),
      temporaryDisk: z.boolean().nullable(),
      cpuArchitecture: z.enum(["x64", "Arm64"]),
      burstable: z.boolean(),
      zones: z.array(z.string()),
    })
    .nullable()
    .describe("Null: no subscription is known to be offered this size there"),
  flexibility: z
    .object({ group: z.string(), ratio: z.number() })
    .nullable()
    .describe("Sizes that share a reservation, and the units of this one"),
  prices: z.array(
    z.object({
      connectionName: z.string(),
      operatingSystem: z.enum(["Linux", "Windows"]),
      payAsYouGo: Money.describe("For one hour, licence included"),
      spot: Hourly,
      windowsLicence: Hourly.describe("The part of pay as you go that Azure Hybrid Benefit ends"),
      reservation1Year: Hourly.describe("The term's price by the hour, compute only"),
      reservation3Years: Hourly.describe("The term's price by the hour, compute only"),
      savingsPlan1Year: Hourly.describe("Compute only"),
      savingsPlan3Years: Hourly.describe("Compute only"),
      readAt: z.string(),
      staleDays: z.number().int().nullable().describe("Age where the price list could not be read lately"),
    }),
  ),
});

export default defineOperation({
  name: "get_compute_prices",
  title: "Prices of a virtual machine size",
  description:
    "List prices of one size in a region by the hour (pay as you go, spot, reservations, savings plans) and what the size can do, as last read.",
  permission: "costs:read",
  effect: "read",
  rest: "GET /prices/compute",
  input: z.object({
    region: z.string().min(1).max(60).describe('Short name, e.g. "westeurope"'),
    size: z.string().min(1).max(80).describe('E.g. "Standard_D4s_v5"'),
  }),
  output: ComputePrices,
  async run(ctx, { region: asked, size }) {
    const region = asked.toLowerCase().replaceAll(" ", "");
    const { stored, offers } = await ctx.read(async (transaction) => ({
      stored: await readMachinePrices(transaction, region, size),
      offers: await readComputeSizes(transaction, { region }),
    }));
    const now = ctx.now();
    const prices = stored.flatMap((row) => {
      const { readAt, prices: lines } = fromStoredPrices(row);
      if (!isUsable(readAt, now)) return [];
      return (["Linux", "Windows"] as const).flatMap((operatingSystem) => {
        const found = vmPricesOf(lines, operatingSystem, now);
        if (!found) return [];
        return [
          {
            connectionName: row.connectionName,
            operatingSystem,
            payAsYouGo: money(found.payAsYouGo),
            spot: moneyOrNull(found.spot),
            windowsLicence: moneyOrNull(found.windowsLicence),
            reservation1Year: moneyOrNull(found.reservation1Year),
            reservation3Years: moneyOrNull(found.reservation3Years),
            savingsPlan1Year: moneyOrNull(found.savingsPlan1Year),
            savingsPlan3Years: moneyOrNull(found.savingsPlan3Years),
            readAt: readAt.toString(),
            staleDays: doubtfulAgeDays(readAt, now),
          },
        ];
      });
    });
    // Subscriptions are offered the same sizes with the same capabilities; the newest that has it speaks for all.
    const book: SizeBook | undefined = offers
      .toReversed()
      .map((row) => createSizeBook(new Map([[region, fromStoredSizes(row)]])))
      .find((candidate) => candidate.sizeOf(region, size) !== null);
    const found = book?.sizeOf(region, size) ?? null;
    if (!found && prices.length === 0) {
      throw new AppError("no_data", `Nothing is known of ${size} in ${region}.`, {
        hint: "Prices are read for the sizes in use and those they could become; scan a connection that has some there.",
      });
    }
    return {
      region,
      size: found?.name ?? size,
      capabilities: found && {
        family: found.family,
        vcpus: found.vcpus,
        memoryGib: found.memoryGib,
        maxDataDisks: found.maxDataDisks,
        maxNetworkInterfaces: found.maxNetworkInterfaces,
        premiumStorage: found.premiumStorage,
        acceleratedNetworking: found.acceleratedNetworking,
        uncachedIops: found.uncachedIops,
        uncachedBytesPerSecond: found.uncachedBytesPerSecond,
        temporaryDisk: found.temporaryDisk,
        cpuArchitecture: found.cpuArchitecture,
        burstable: found.burstable,
        zones: [...found.zones],
      },
      flexibility: book?.flexibilityGroup(size) ?? null,
      prices,
    };
  },
});

function money({ value, currency }: Price): Money {
  return { value, currency };
}

function moneyOrNull(price: Price | null): Money | null {
  return price && money(price);
}
