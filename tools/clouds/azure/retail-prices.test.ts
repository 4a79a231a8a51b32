import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { RetailPriceQuery } from "../cloud.ts";
import type { Faults } from "../sandbox/server/faults.ts";
import { createAzureCloud } from "./azure-cloud.ts";
import { retailPriceFilter } from "./retail-prices.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud();
});
afterAll(() => opened.sandbox.close());
afterEach(() => opened.sandbox.faults.clear());

const machines: RetailPriceQuery = {
  currency: "USD",
  service: "Virtual Machines",
  regions: ["westeurope"],
  armSkus: ["Standard_D4s_v5", "Standard_D2s_v5"],
};
const read = (query: RetailPriceQuery) => collect(opened.cloud.retailPrices(query, signal));
const fault = (fault: Parameters<Faults["add"]>[0]) => opened.sandbox.faults.add(fault);

describe("the price list", () => {
  test("answers what was asked, decimals as they are written", async () => {
    const prices = await read(machines);
    expect(new Set(prices.map(({ armSku }) => armSku))).toEqual(new Set(machines.armSkus));
    expect(new Set(prices.map(({ region }) => region))).toEqual(new Set(["westeurope"]));
    expect(prices).toContainEqual({
      currency: "USD",
      price: "0.23",
      unitOfMeasure: "1 Hour",
      region: "westeurope",
      service: "Virtual Machines",
      product: "Virtual Machines Dsv5 Series",
      sku: "D4s v5",
      armSku: "Standard_D4s_v5",
      meter: "D4s v5",
      type: "Consumption",
      reservationTerm: null,
      fromUnits: 0,
      effectiveFrom: "2020-01-01T00:00:00Z",
      primary: true,
      savingsPlans: [
        { term: "1 Year", price: "0.1633" },
        { term: "3 Years", price: "0.115" },
      ],
    });
  });

  test("is read to its last page", async () => {
    const prices = await read({ currency: "USD", service: "Virtual Machines", regions: ["westeurope"] });
    expect(prices.length).toBeGreaterThan(1000);
    const lines = prices.map(({ product, sku, type, reservationTerm }) =>
      [product, sku, type, reservationTerm].join("|"),
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  test("comes in the currency that was asked for", async () => {
    const euros = await read({ ...machines, currency: "EUR" });
    expect(new Set(euros.map(({ currency }) => currency))).toEqual(new Set(["EUR"]));
    expect(euros.find(({ type, meter }) => type === "Consumption" && meter === "D4s v5")?.price).toBe(
      "0.2116",
    );
    await expect(read({ ...machines, currency: "XXX" })).rejects.toMatchObject({ code: "unsupported" });
  });

  test("needs no sign-in, so that no token is sent to it", async () => {
    const { endpoint } = opened;
    const credential = {
      getToken: () => {
        throw new Error("asked for a token");
      },
    };
    const cloud = createAzureCloud({ ...endpoint, credential });
    expect((await collect(cloud.retailPrices(machines, signal))).length).toBeGreaterThan(0);
  });

  test("a throttled page waits, a failing one is tried again", async () => {
    const whole = await read(machines);
    fault({ path: "/api/retail/prices", kind: "throttle", times: 1, retryAfterSeconds: 7 });
    fault({ path: "/api/retail/prices", kind: "error", times: 1, status: 503 });
    expect(await read(machines)).toEqual(whole);
    expect(opened.pace.sleeps.some((ms) => ms >= 7000)).toBe(true);
  });

  test("a page that arrives without its prices is an error, never a shorter list", async () => {
    fault({ path: "/api/retail/prices", kind: "lost_page", after: 1, times: 1 });
    await expect(
      read({ currency: "USD", service: "Virtual Machines", regions: ["westeurope"] }),
    ).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("fewer prices") });
  });

  test("a next page on another server is not asked for", async () => {
    const { endpoint, sandbox } = opened;
    // The sandbox's links name 127.0.0.1, which is another origin than the one that was asked.
    const cloud = createAzureCloud({
      ...endpoint,
      retailPrices: sandbox.origin.replace("127.0.0.1", "localhost"),
    });
    const everything = { currency: "USD", service: "Virtual Machines", regions: ["westeurope"] };
    await expect(collect(cloud.retailPrices(everything, signal))).rejects.toThrow(
      "pointed to another server",
    );
  });

  test("where a cloud has none, no price is known", async () => {
    const cloud = createAzureCloud({ ...opened.endpoint, retailPrices: null });
    expect(await collect(cloud.retailPrices(machines, signal))).toEqual([]);
  });
});

test("a filter keeps quotes in names inside the name", () => {
  expect(
    retailPriceFilter({ currency: "USD", service: "O'Neil", regions: ["a", "b"], products: ["x' or 1"] }),
  ).toBe(
    "serviceName eq 'O''Neil' and (armRegionName eq 'a' or armRegionName eq 'b') and productName eq 'x'' or 1'",
  );
});

describe("what a subscription is offered", () => {
  const skus = (region: string) =>
    opened.cloud.resourceSkus(opened.sandbox.subscriptionIds[0]!, region, signal);

  test("machine sizes and disk tiers of one region, with what they can do", async () => {
    const found = await skus("westeurope");
    expect(found.find(({ name }) => name === "Standard_D4s_v5")).toMatchObject({
      kind: "virtual_machine",
      family: "standardDSv5Family",
      zones: ["1", "2", "3"],
      capabilities: { vCPUs: "4", MemoryGB: "16", PremiumIO: "True", UncachedDiskIOPS: "6400" },
      restriction: null,
    });
    expect(found.find(({ size }) => size === "P30")).toMatchObject({
      kind: "disk",
      name: "Premium_LRS",
      capabilities: { MaxIOps: "5000", MaxBandwidthMBps: "200" },
    });
    expect(new Set(found.map(({ kind, name, size }) => `${kind} ${name} ${size}`)).size).toBe(found.length);
  });

  test("what it may not use says why; a region without offers is empty", async () => {
    const scarce = (await skus("westeurope")).find(({ name }) => name === "Standard_NC24ads_A100_v4");
    expect(scarce?.restriction).toBe("NotAvailableForSubscription");
    expect(await skus("nowhere")).toEqual([]);
  });
});
