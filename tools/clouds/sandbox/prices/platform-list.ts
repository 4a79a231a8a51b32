import { reservationTotal } from "../generate/catalog.ts";
import {
  addressPrices,
  appServicePrices,
  balancerPrices,
  dtuPrices,
  poolPrices,
  poolSizes,
  serverlessPrices,
  sqlPrices,
} from "../generate/platform-prices.ts";
import type { ListedPrice } from "./price-item.ts";

/** Public addresses of a region. */
export function* addressList(region: string): Iterable<ListedPrice> {
  const named = {
    serviceName: "Virtual Network",
    serviceFamily: "Networking",
    productName: "IP Addresses",
    unitOfMeasure: "1 Hour",
    region,
  };
  const { standardStatic, basicStatic, basicDynamic } = addressPrices;
  yield { ...named, skuName: "Standard", meterName: "Standard IPv4 Static Public IP", price: standardStatic };
  yield { ...named, skuName: "Basic", meterName: "Basic IPv4 Static Public IP", price: basicStatic };
  yield { ...named, skuName: "Basic", meterName: "Basic IPv4 Dynamic Public IP", price: basicDynamic };
}

/** Load balancers, listed once for the whole world as Azure does. */
export function* balancerList(): Iterable<ListedPrice> {
  const named = {
    serviceName: "Load Balancer",
    serviceFamily: "Networking",
    productName: "Load Balancer",
    skuName: "Standard",
    region: "Global",
  };
  const rules = "LB Rules and Outbound Rules";
  const { firstFiveRules, additionalRule, gib } = balancerPrices;
  yield { ...named, meterName: `Standard Included ${rules}`, unitOfMeasure: "1 Hour", price: firstFiveRules };
  yield { ...named, meterName: `Standard Overage ${rules}`, unitOfMeasure: "1 Hour", price: additionalRule };
  yield { ...named, meterName: "Standard Data Processed", unitOfMeasure: "1 GB", price: gib };
  yield { ...named, meterName: `Standard Included ${rules} - Free`, unitOfMeasure: "1 Hour", price: 0 };
}

/** SQL databases and elastic pools: by service objective, pack of eDTUs, vCore, and serverless. */
export function* sqlList(region: string): Iterable<ListedPrice> {
  const service = { serviceName: "SQL Database", serviceFamily: "Databases", region };
  for (const [objective, price] of Object.entries(dtuPrices)) {
    const edition = objective === "Basic" ? "Basic" : objective.startsWith("S") ? "Standard" : "Premium";
    const skuName = objective === "Basic" ? "B" : objective;
    const meterName = `${skuName} DTUs`;
    yield {
      ...service,
      productName: `SQL Database Single ${edition}`,
      skuName,
      meterName,
      unitOfMeasure: "1/Day",
      price,
    };
  }
  for (const tier of ["Basic", "Standard", "Premium"] as const) {
    for (const edtus of poolSizes[tier]) {
      const pack = { skuName: `${edtus} DTU Pack`, meterName: "eDTUs", unitOfMeasure: "1/Day" };
      const price = Number((poolPrices[tier] * edtus).toFixed(4));
      yield { ...service, productName: `SQL Database Elastic Pool - ${tier}`, ...pack, price };
    }
  }
  for (const [tier, { compute, licence, gibMonth }] of Object.entries(sqlPrices)) {
    const name = tier.replace(/(?<=[a-z])(?=[A-Z])/, " ");
    const family = `SQL Database ${tier === "Hyperscale" ? "SingleDB" : "Single"}/Elastic Pool ${name}`;
    const hourly = { ...service, unitOfMeasure: "1 Hour", meterName: "vCore" };
    // Each size is a line of its own, all at the price of one vCore.
    for (const count of [1, 2, 4, 8, 16]) {
      yield { ...hourly, productName: `${family} - Compute Gen5`, skuName: `${count} vCore`, price: compute };
    }
    const zoneRedundant = { skuName: "2 vCore Zone Redundancy", meterName: "Zone Redundancy vCore" };
    yield { ...hourly, productName: `${family} - Compute Gen5`, ...zoneRedundant, price: compute * 0.6 };
    for (const [years, reservationTerm] of [
      [1, "1 Year"],
      [3, "3 Years"],
    ] as const) {
      const price = reservationTotal(compute, years);
      const productName = `${family} - Compute Gen5`;
      yield { ...hourly, productName, skuName: "vCore", type: "Reservation", reservationTerm, price };
    }
    if (licence !== null) {
      yield { ...hourly, productName: `${family} - SQL License`, skuName: "vCore", price: licence };
    }
    const stored = { skuName: name, meterName: `${name} Data Stored`, unitOfMeasure: "1 GB/Month" };
    yield { ...service, productName: `${family} - Storage`, ...stored, price: gibMonth };
  }
  for (const [tier, price] of Object.entries(serverlessPrices)) {
    const family =
      tier === "Hyperscale" ? "SQL Database SingleDB Hyperscale" : "SQL Database General Purpose";
    const named = {
      ...service,
      productName: `${family} - Serverless - Compute Gen5`,
      unitOfMeasure: "1 Hour",
    };
    yield { ...named, skuName: "1 vCore", meterName: "vCore", price };
    yield { ...named, skuName: "1 vCore", meterName: "vCore - Free", price: 0 };
  }
}

/** App Service plans: Linux is named, Windows is not; the other way round than for virtual machines. */
export function* appServiceList(region: string): Iterable<ListedPrice> {
  for (const [sku, { plan, linux, windows }] of Object.entries(appServicePrices)) {
    const skuName = sku.replace("v3", " v3");
    const meterName = plan === "Basic" ? skuName : `${skuName} App`;
    const named = { serviceName: "Azure App Service", serviceFamily: "Compute", region, skuName, meterName };
    const productName = `Azure App Service ${plan} Plan`;
    yield { ...named, productName, unitOfMeasure: "1 Hour", price: windows };
    yield { ...named, productName: `${productName} - Linux`, unitOfMeasure: "1 Hour", price: linux };
  }
}
