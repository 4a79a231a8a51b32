import type { RetailPrice } from "../clouds/cloud.ts";
import { decimal } from "../kernel/money.ts";
import { pickPrice } from "./pick-price.ts";
import { hoursPerYear, type Price } from "./price.ts";
import type { OperatingSystem, VmPrices } from "./price-book.ts";

const hour = "1 Hour";
/** Other products under the same ARM name, and meters that nobody can buy any more. */
const otherProduct = /cloud ?services|dedicated host/i;
const otherMeter = /\b(low priority|promo|expired)\b/i;

type Years = 1 | 3;
const terms: Record<Years, string> = { 1: "1 Year", 3: "3 Years" };

/**
 * What one virtual machine size costs in a region, from the lines of its ARM name. Windows is known by the
 * product's name, Spot and low priority by the meter's; development and test prices are a type of their own.
 */
export function vmPricesOf(
  lines: readonly RetailPrice[],
  os: OperatingSystem,
  now: Temporal.Instant,
): VmPrices | null {
  const machines = lines.filter(
    ({ product, meter, sku, unitOfMeasure }) =>
      unitOfMeasure === hour && !otherProduct.test(product) && !otherMeter.test(`${meter} ${sku}`),
  );
  const usage = (system: OperatingSystem, spot: boolean) =>
    pickPrice(
      machines.filter(
        (line) =>
          line.type === "Consumption" && isWindows(line) === (system === "Windows") && isSpot(line) === spot,
      ),
      now,
    );
  const own = usage(os, false);
  if (!own) return null;
  const linux = usage("Linux", false);
  const compute = machines.filter((line) => !isWindows(line) && !isSpot(line));
  const spot = usage(os, true);
  return {
    payAsYouGo: hourly(own),
    spot: spot && hourly(spot),
    windowsLicence:
      os === "Windows" && linux
        ? { ...hourly(own), value: decimal(own.price).minus(linux.price).toFixed() }
        : null,
    reservation1Year: reservationHourly(compute, 1, now),
    reservation3Years: reservationHourly(compute, 3, now),
    savingsPlan1Year: linux && savingsPlanHourly(linux, 1),
    savingsPlan3Years: linux && savingsPlanHourly(linux, 3),
  };
}

/**
 * A reservation by the hour. Azure's line says "1 Hour" and holds the price of the whole term: taken at its word,
 * a year's reservation would cost 8,760 times too much.
 */
export function reservationHourly(
  lines: readonly RetailPrice[],
  years: Years,
  now: Temporal.Instant,
): Price<"hour"> | null {
  const line = pickPrice(
    lines.filter(({ type, reservationTerm }) => type === "Reservation" && reservationTerm === terms[years]),
    now,
  );
  if (!line) return null;
  const value = decimal(line.price)
    .dividedBy(hoursPerYear * years)
    .toDecimalPlaces(12)
    .toFixed();
  return { value, currency: line.currency, unit: "hour" };
}

function savingsPlanHourly({ savingsPlans, currency }: RetailPrice, years: Years): Price<"hour"> | null {
  const plan = savingsPlans.find(({ term }) => term === terms[years]);
  return plan ? { value: plan.price, currency, unit: "hour" } : null;
}

function hourly({ price, currency }: RetailPrice): Price<"hour"> {
  return { value: price, currency, unit: "hour" };
}

function isWindows({ product }: RetailPrice): boolean {
  return /\bwindows$/i.test(product);
}

function isSpot({ sku, meter }: RetailPrice): boolean {
  return /\bspot$/i.test(sku) || /\bspot$/i.test(meter);
}
