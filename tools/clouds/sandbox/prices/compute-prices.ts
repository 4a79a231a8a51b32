import { reservationTotal, savingsPlanHourly, spotShare, vmSizes } from "../generate/catalog.ts";
import type { SandboxSize } from "../generate/vm-sizes.ts";
import type { ListedPrice } from "./price-item.ts";

const service = { serviceName: "Virtual Machines", serviceFamily: "Compute", unitOfMeasure: "1 Hour" };
const terms = [
  [1, "1 Year"],
  [3, "3 Years"],
] as const;

/** Every price of the virtual machine sizes in a region, with those that are easily taken for another. */
export function* computePrices(region: string): Iterable<ListedPrice> {
  for (const [armSkuName, size] of Object.entries(vmSizes)) {
    const of = { ...service, region, armSkuName };
    yield* linux(of, size);
    if (size.architecture === "x64") yield* windows(of, size);
  }
}

type Common = Pick<ListedPrice, "serviceName" | "serviceFamily" | "unitOfMeasure" | "region" | "armSkuName">;

function* linux(of: Common, { series, meter, hourly }: SandboxSize): Iterable<ListedPrice> {
  const named = { ...of, productName: `Virtual Machines ${series}`, skuName: meter, meterName: meter };
  yield {
    ...named,
    price: hourly,
    savingsPlan: terms.map(([years, term]) => ({ term, price: savingsPlanHourly(hourly, years) })),
  };
  yield* interruptible(named, hourly);
  for (const [years, reservationTerm] of terms) {
    yield { ...named, type: "Reservation", reservationTerm, price: reservationTotal(hourly, years) };
  }
  if (series.endsWith("v3 Series")) {
    // The same sizes for Cloud Services, under the same ARM name and another product.
    yield {
      ...named,
      productName: `${series.replace(" Series", "")} Series CloudServices`,
      price: hourly * 1.3,
    };
  }
}

function* windows(of: Common, size: SandboxSize): Iterable<ListedPrice> {
  const { series, meter, hourly, windowsLicenceHourly } = size;
  const productName = `Virtual Machines ${series} Windows`;
  const named = { ...of, productName, skuName: meter, meterName: meter };
  yield { ...named, price: hourly + windowsLicenceHourly };
  // Development and test offers leave the licence out.
  yield { ...named, type: "DevTestConsumption", price: hourly };
  yield* interruptible(named, hourly + windowsLicenceHourly);
}

function* interruptible(named: Omit<ListedPrice, "price">, hourly: number): Iterable<ListedPrice> {
  for (const [kind, share] of [
    ["Spot", spotShare],
    ["Low Priority", spotShare * 1.1],
  ] as const) {
    const name = `${named.skuName} ${kind}`;
    yield { ...named, skuName: name, meterName: name, price: hourly * share };
  }
}
