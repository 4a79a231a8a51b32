import type { RetailPrice } from "../clouds/cloud.ts";
import { reservationHourly } from "./compute-prices.ts";
import type { Price } from "./price.ts";
import type {
  DtuPoolTier,
  LoadBalancerPrices,
  OperatingSystem,
  SqlServerlessPrices,
  SqlVcorePrices,
} from "./price-book.ts";
import { meterPrice } from "./storage-prices.ts";

/** A public IPv4 address. */
export function addressPrice(
  lines: readonly RetailPrice[],
  sku: string,
  allocation: string,
  now: Temporal.Instant,
): Price<"hour"> | null {
  return meterPrice(lines, "hour", ({ meter }) => meter === `${sku} IPv4 ${allocation} Public IP`, now);
}

/** A standard load balancer. */
export function balancerPrices(
  lines: readonly RetailPrice[],
  now: Temporal.Instant,
): LoadBalancerPrices | null {
  const rules = "LB Rules and Outbound Rules";
  const named = (name: string) => (line: RetailPrice) => line.meter === name;
  const firstFiveRules = meterPrice(lines, "hour", named(`Standard Included ${rules}`), now);
  return (
    firstFiveRules && {
      firstFiveRules,
      additionalRule: meterPrice(lines, "hour", named(`Standard Overage ${rules}`), now),
      dataProcessed: meterPrice(lines, "gib", named("Standard Data Processed"), now),
    }
  );
}

/** A single database by its service objective, by the day. */
export function dtuPrice(
  lines: readonly RetailPrice[],
  objective: string,
  now: Temporal.Instant,
): Price<"day"> | null {
  const sku = /^(basic|b)$/i.test(objective) ? "B" : objective.toUpperCase();
  const edition = sku === "B" ? "Basic" : sku.startsWith("S") ? "Standard" : "Premium";
  return meterPrice(
    lines,
    "day",
    (line) =>
      line.product === `SQL Database Single ${edition}` && line.sku === sku && /^\S+ DTUs?$/.test(line.meter),
    now,
  );
}

/** An elastic pool in the DTU model, by the day; the list names each size as a pack of so many. */
export function poolPrice(
  lines: readonly RetailPrice[],
  tier: DtuPoolTier,
  edtus: number,
  now: Temporal.Instant,
): Price<"day"> | null {
  return meterPrice(
    lines,
    "day",
    ({ product, sku, meter }) =>
      product === `SQL Database Elastic Pool - ${tier}` && sku === `${edtus} DTU Pack` && meter === "eDTUs",
    now,
  );
}

const tierNames = {
  GeneralPurpose: "General Purpose",
  BusinessCritical: "Business Critical",
  Hyperscale: "Hyperscale",
} as const;
export type SqlTier = keyof typeof tierNames;

/** Of all the products of a tier those that end so: "Compute Gen5", "Storage"; never the serverless ones. */
function provisioned(lines: readonly RetailPrice[], tier: SqlTier, part: string): RetailPrice[] {
  const ending = ` ${tierNames[tier]} - ${part}`.toLowerCase();
  return lines.filter(({ product }) => product.toLowerCase().endsWith(ending));
}

/** A line for one vCore or several is priced for one; zone redundancy has a meter of its own. */
function isVcore({ meter, sku }: RetailPrice): boolean {
  return meter === "vCore" && /^(\d+ )?vCore$/.test(sku);
}

/** A provisioned database in the vCore model. */
export function vcorePrices(
  lines: readonly RetailPrice[],
  tier: SqlTier,
  family: string,
  now: Temporal.Instant,
): SqlVcorePrices | null {
  const computeLines = provisioned(lines, tier, `Compute ${family}`).filter(isVcore);
  const compute = perVcore(meterPrice(computeLines, "hour", () => true, now));
  if (!compute) return null;
  return {
    compute,
    licence: perVcore(meterPrice(provisioned(lines, tier, "SQL License"), "hour", isVcore, now)),
    reservation1Year: perVcore(reservationHourly(computeLines, 1, now)),
    reservation3Years: perVcore(reservationHourly(computeLines, 3, now)),
    storage: storedPrice(lines, tier, now),
  };
}

/** GiB of memory that count as one vCore (learn.microsoft.com, "Serverless compute tier"). */
const memoryGibPerVcore = 3;

/** A serverless database. */
export function serverlessPrices(
  lines: readonly RetailPrice[],
  tier: Exclude<SqlTier, "BusinessCritical">,
  now: Temporal.Instant,
): SqlServerlessPrices | null {
  const ending = `${tierNames[tier]} - Serverless - Compute Gen5`;
  const own = lines.filter(({ product }) => product.endsWith(ending));
  const compute = perVcore(meterPrice(own, "hour", isVcore, now));
  return compute && { compute, memoryGibPerVcore, storage: storedPrice(lines, tier, now) };
}

function storedPrice(lines: readonly RetailPrice[], tier: SqlTier, now: Temporal.Instant) {
  const own = provisioned(lines, tier, "Storage");
  return meterPrice(own, "gib_month", ({ meter }) => meter === `${tierNames[tier]} Data Stored`, now);
}

function perVcore(price: Price<"hour"> | null): Price<"vcore_hour"> | null {
  return price && { ...price, unit: "vcore_hour" };
}

/** One instance of an App Service plan. Here Linux is named and Windows is not, unlike for virtual machines. */
export function appServicePrice(
  lines: readonly RetailPrice[],
  sku: string,
  os: OperatingSystem,
  now: Temporal.Instant,
): Price<"hour"> | null {
  const plain = (name: string) => name.replaceAll(" ", "").toLowerCase();
  return meterPrice(
    lines,
    "hour",
    ({ product, sku: listed }) =>
      / Plan( - (Linux|Windows))?$/.test(product) &&
      plain(listed) === plain(sku) &&
      product.endsWith(" - Linux") === (os === "Linux"),
    now,
  );
}
