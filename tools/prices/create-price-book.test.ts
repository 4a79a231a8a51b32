import { describe, expect, test } from "vitest";
import type { RetailPrice } from "../clouds/cloud.ts";
import { createPriceBook } from "./create-price-book.ts";
import { priceLine, pricesNow } from "./testing.ts";
import { unknownPrices } from "./unknown-prices.ts";

const region = "westeurope";

function bookOf(
  group: string,
  lines: RetailPrice[],
  more: { size?: string; region?: string; currency?: string } = {},
) {
  const { size = "", currency = "USD" } = more;
  const kept = { region: more.region ?? region, group, size, readAt: pricesNow, prices: lines };
  return createPriceBook([kept], { currency, sizes: unknownPrices(currency).sizes, now: pricesNow });
}
const line = (product: string, sku: string, meter: string, unitOfMeasure: string, price: string) =>
  priceLine({ service: "", armSku: "", product, sku, meter, unitOfMeasure, price });

test("prices of another currency than the book's are none", () => {
  const size = "Standard_D4s_v5";
  const lines = [priceLine({ currency: "EUR", price: "0.21" })];
  expect(bookOf("virtual_machines", lines, { size }).vm(region, size, "Linux")).toBeNull();
  expect(
    bookOf("virtual_machines", lines, { size, currency: "EUR" }).vm(region, size, "Linux")?.payAsYouGo,
  ).toEqual({
    value: "0.21",
    currency: "EUR",
    unit: "hour",
  });
});

test("names match without case, regions and sizes only their own", () => {
  const book = bookOf("virtual_machines", [priceLine()], { size: "Standard_D4s_v5" });
  expect(book.vm("WestEurope", "standard_d4s_V5", "Linux")?.payAsYouGo.value).toBe("0.23");
  expect(book.vm("northeurope", "Standard_D4s_v5", "Linux")).toBeNull();
  expect(book.vm(region, "Standard_D2s_v5", "Linux")).toBeNull();
});

describe("disks", () => {
  const premium = "Premium SSD Managed Disks";
  const hdd = "Standard HDD Managed Disks";
  const book = bookOf("managed_disks", [
    line(premium, "P30 LRS", "P30 LRS Disk", "1/Month", "135.17"),
    line(premium, "P30 LRS", "P30 LRS Disk Mount", "1/Month", "6.76"),
    line(premium, "P30 ZRS", "P30 ZRS Disk", "1/Month", "202.755"),
    line(hdd, "S30 LRS", "S30 LRS Disk", "1/Month", "40.96"),
    line(hdd, "S30 LRS", "S30 LRS Disk Operations", "10K", "0.0005"),
    line(hdd, "Snapshots LRS", "LRS Snapshots", "1 GB/Month", "0.05"),
    line(premium, "Snapshots LRS", "LRS Snapshots", "1 GB/Month", "0.132"),
  ]);

  test("cost their tier and redundancy a month, not what a second mount costs", () => {
    expect(book.managedDisk(region, "P30")).toEqual({ value: "135.17", currency: "USD", unit: "month" });
    expect(book.managedDisk(region, "p30", "ZRS")?.value).toBe("202.755");
    expect(book.managedDisk(region, "S30", "ZRS")).toBeNull();
    expect(book.managedDisk(region, "E30")).toBeNull();
  });

  test("transactions are a price of their own; premium disks have none", () => {
    expect(book.diskOperations(region, "S30")).toMatchObject({
      value: "0.0005",
      unit: "ten_thousand_operations",
    });
    expect(book.diskOperations(region, "P30")).toBeNull();
  });

  test("a premium snapshot is not a standard one, although the meters share a name", () => {
    expect(book.snapshotGb(region, "Standard_LRS")?.value).toBe("0.05");
    expect(book.snapshotGb(region, "Premium_LRS")?.value).toBe("0.132");
    expect(book.snapshotGb(region, "Standard_ZRS")).toBeNull();
  });
});

describe("SQL databases", () => {
  const gp = "SQL Database Single/Elastic Pool General Purpose";
  const reserved = line(`${gp} - Compute Gen5`, "vCore", "vCore", "1 Hour", "867");
  const lines = [
    line(`${gp} - Compute Gen5`, "1 vCore", "vCore", "1 Hour", "0.1442"),
    line(`${gp} - Compute Gen5`, "8 vCore", "vCore", "1 Hour", "0.1442"),
    line(`${gp} - Compute Gen5`, "2 vCore Zone Redundancy", "Zone Redundancy vCore", "1 Hour", "0.08"),
    line(`${gp} - SQL License`, "vCore", "vCore", "1 Hour", "0.0999"),
    line(`${gp} - Storage`, "General Purpose", "General Purpose Data Stored", "1 GB/Month", "0.138"),
    line("SQL Database General Purpose - Serverless - Compute Gen5", "1 vCore", "vCore", "1 Hour", "0.5218"),
    line(
      "SQL Database General Purpose - Serverless - Compute Gen5",
      "1 vCore",
      "vCore - Free",
      "1 Hour",
      "0",
    ),
    line("SQL Database Single Standard", "S3", "S3 DTUs", "1/Day", "4.8387"),
    line("SQL Database Elastic Pool - Standard", "100 DTU Pack", "eDTUs", "1/Day", "7.26"),
    line("SQL Database Elastic Pool - Premium", "125 DTU Pack", "eDTUs", "1/Day", "22.925"),
    line("SQL Database Single Basic", "B", "B DTUs", "1/Day", "0.1612"),
    { ...reserved, type: "Reservation", reservationTerm: "1 Year" },
  ];
  const book = bookOf("sql_databases", lines);

  test("provisioned: compute and licence for each vCore, serverless and zones apart", () => {
    expect(book.sqlVcore(region, "GeneralPurpose")).toMatchObject({
      compute: { value: "0.1442", unit: "vcore_hour" },
      licence: { value: "0.0999" },
      reservation1Year: { value: "0.09897260274" },
      reservation3Years: null,
      storage: { value: "0.138", unit: "gib_month" },
    });
    expect(book.sqlVcore(region, "BusinessCritical")).toBeNull();
    expect(book.sqlVcore(region, "GeneralPurpose", "Gen4")).toBeNull();
  });

  test("serverless: the licence is in it, and what is free is not its price", () => {
    expect(book.sqlServerless(region, "GeneralPurpose")).toMatchObject({
      compute: { value: "0.5218", unit: "vcore_hour" },
      memoryGibPerVcore: 3,
    });
    expect(book.sqlServerless(region, "Hyperscale")).toBeNull();
  });

  test("by service objective: a day's price", () => {
    expect(book.sqlDtu(region, "S3")).toEqual({ value: "4.8387", currency: "USD", unit: "day" });
    expect(book.sqlDtu(region, "Basic")?.value).toBe("0.1612");
    expect(book.sqlDtu(region, "S4")).toBeNull();
  });

  test("elastic pools by their tier and eDTUs: a day's price", () => {
    expect(book.sqlPool(region, "Standard", 100)).toEqual({ value: "7.26", currency: "USD", unit: "day" });
    expect(book.sqlPool(region, "Premium", 125)?.value).toBe("22.925");
    expect(book.sqlPool(region, "Standard", 125)).toBeNull();
  });

  test("a price that depends on how many vCores are taken is unknown", () => {
    const dearer = line(`${gp} - Compute Gen5`, "16 vCore", "vCore", "1 Hour", "2.3072");
    expect(bookOf("sql_databases", [...lines, dearer]).sqlVcore(region, "GeneralPurpose")).toBeNull();
  });
});

test("App Service plans: here Linux is named and Windows is not", () => {
  const plan = "Azure App Service Premium v3 Plan";
  const book = bookOf("app_service_plans", [
    line(plan, "P1 v3", "P1 v3 App", "1 Hour", "0.46"),
    line(`${plan} - Linux`, "P1 v3", "P1 v3 App", "1 Hour", "0.315"),
    line("Azure App Service SSL Connections", "P1 v3", "SNI SSL", "1 Hour", "9"),
  ]);
  expect(book.appServicePlan(region, "P1v3", "Linux")?.value).toBe("0.315");
  expect(book.appServicePlan(region, "P1v3", "Windows")?.value).toBe("0.46");
  expect(book.appServicePlan(region, "P2v3", "Linux")).toBeNull();
});

test("blobs: the tier's own operations, and days that data is paid at least", () => {
  const blobs = "General Block Blob v2";
  const book = bookOf("block_blobs", [
    line(blobs, "Cool LRS", "Cool LRS Data Stored", "1 GB/Month", "0.01"),
    line(blobs, "Cool LRS", "Cool LRS Write Operations", "10K", "0.1"),
    line(blobs, "Cool LRS", "Cool Read Operations", "10K", "0.01"),
    line(blobs, "Cool LRS", "Cool Data Retrieval", "1 GB", "0.01"),
    line(blobs, "Cool LRS", "Cool LRS Early Delete", "1 GB", "0.01"),
    line(blobs, "Hot LRS", "Hot LRS Data Stored", "1 GB/Month", "0.0196"),
    { ...line(blobs, "Hot LRS", "Hot LRS Data Stored", "1 GB/Month", "0.0188"), fromUnits: 51_200 },
    line("Files v2", "Cool LRS", "Cool LRS Data Stored", "1 GB/Month", "0.015"),
  ]);
  expect(book.blob(region, "LRS", "Cool")).toEqual({
    data: { value: "0.01", currency: "USD", unit: "gib_month" },
    writeOperations: { value: "0.1", currency: "USD", unit: "ten_thousand_operations" },
    readOperations: { value: "0.01", currency: "USD", unit: "ten_thousand_operations" },
    retrieval: { value: "0.01", currency: "USD", unit: "gib" },
    earlyDeletionDays: 30,
  });
  expect(book.blob(region, "LRS", "Hot")).toMatchObject({ data: { value: "0.0196" }, retrieval: null });
  expect(book.blob(region, "GRS", "Cool")).toBeNull();
});

test("what is listed once for the whole world holds in every region", () => {
  const rules = "LB Rules and Outbound Rules";
  const book = bookOf(
    "load_balancers",
    [
      line("Load Balancer", "Standard", `Standard Included ${rules}`, "1 Hour", "0.025"),
      line("Load Balancer", "Standard", `Standard Overage ${rules}`, "1 Hour", "0.01"),
      line("Load Balancer", "Standard", `Standard Included ${rules} - Free`, "1 Hour", "0"),
    ],
    { region: "global" },
  );
  expect(book.loadBalancer(region)).toMatchObject({
    firstFiveRules: { value: "0.025" },
    additionalRule: { value: "0.01" },
    dataProcessed: null,
  });
});

test("addresses: static and dynamic, basic and standard apart", () => {
  const book = bookOf("addresses", [
    line("IP Addresses", "Standard", "Standard IPv4 Static Public IP", "1 Hour", "0.005"),
    line("IP Addresses", "Basic", "Basic IPv4 Dynamic Public IP", "1 Hour", "0.004"),
  ]);
  expect(book.publicIp(region, "Standard")?.value).toBe("0.005");
  expect(book.publicIp(region, "Basic", "Dynamic")?.value).toBe("0.004");
  expect(book.publicIp(region, "Basic")).toBeNull();
});
