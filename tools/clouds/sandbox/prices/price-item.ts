import { stableUuid } from "../tenant/random.ts";

/** What makes one line of the price list, in USD. */
export interface ListedPrice {
  serviceName: string;
  serviceFamily: string;
  productName: string;
  skuName: string;
  armSkuName?: string;
  meterName: string;
  unitOfMeasure: string;
  /** For a reservation that of the whole term, although its unit says "1 Hour": Azure's own contract. */
  price: number;
  /** Short name; "Global" for what costs the same everywhere. */
  region: string;
  type?: "Consumption" | "Reservation" | "DevTestConsumption";
  reservationTerm?: "1 Year" | "3 Years";
  savingsPlan?: { term: "1 Year" | "3 Years"; price: number }[];
  /** Units from which this price holds. */
  fromUnits?: number;
}

/** The fields of a line that a filter may name. */
export type PriceFields = Record<
  | "serviceName"
  | "serviceFamily"
  | "productName"
  | "skuName"
  | "armSkuName"
  | "meterName"
  | "armRegionName"
  | "priceType",
  string
>;

export function fieldsOf(listed: ListedPrice): PriceFields {
  const { serviceName, serviceFamily, productName, skuName, armSkuName = "", meterName, region } = listed;
  const priceType = listed.type ?? "Consumption";
  return {
    serviceName,
    serviceFamily,
    productName,
    skuName,
    armSkuName,
    meterName,
    armRegionName: region,
    priceType,
  };
}

/** A line as the Retail Prices API sends it; prices times `rate`, to a millionth. */
export function priceItem(listed: ListedPrice, currencyCode: string, rate: number) {
  const { armRegionName, priceType, ...names } = fieldsOf(listed);
  const money = (price: number) => Math.round(price * rate * 1e6) / 1e6;
  const key = [...Object.values(names), armRegionName, priceType, listed.reservationTerm ?? ""].join("|");
  return {
    currencyCode,
    tierMinimumUnits: listed.fromUnits ?? 0,
    ...(listed.reservationTerm ? { reservationTerm: listed.reservationTerm } : {}),
    retailPrice: money(listed.price),
    unitPrice: money(listed.price),
    armRegionName,
    location: armRegionName,
    effectiveStartDate: "2020-01-01T00:00:00Z",
    meterId: stableUuid("meter", key),
    ...names,
    unitOfMeasure: listed.unitOfMeasure,
    type: priceType,
    isPrimaryMeterRegion: true,
    ...(listed.savingsPlan
      ? {
          savingsPlan: listed.savingsPlan.map(({ term, price }) => ({
            unitPrice: money(price),
            retailPrice: money(price),
            term,
          })),
        }
      : {}),
  };
}
