import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimal } from "../kernel/money.ts";
import { vmPricesOf } from "./compute-prices.ts";
import { hoursPerYear } from "./price.ts";
import { priceLine, pricesNow } from "./testing.ts";

const windows = { product: "Virtual Machines Dsv5 Series Windows" };
const spot = { sku: "D4s v5 Spot", meter: "D4s v5 Spot" };
const lowPriority = { sku: "D4s v5 Low Priority", meter: "D4s v5 Low Priority" };
const plans = [
  { term: "1 Year", price: "0.1633" },
  { term: "3 Years", price: "0.115" },
];

/** Every line that Azure has under the ARM name, each at a price of its own. */
const lines = [
  priceLine({ price: "0.23", savingsPlans: plans }),
  priceLine({ price: "0.414", ...windows }),
  priceLine({ price: "0.046", ...spot }),
  priceLine({ price: "0.0828", ...windows, ...spot }),
  priceLine({ price: "0.05", ...lowPriority }),
  priceLine({ price: "0.09", ...windows, ...lowPriority }),
  priceLine({ price: "0.231", ...windows, type: "DevTestConsumption" }),
  priceLine({ price: "0.3", product: "Dsv5 Series CloudServices" }),
  priceLine({ price: "9", product: "Dsv5 Series Dedicated Host" }),
  priceLine({ price: "1249.18", type: "Reservation", reservationTerm: "1 Year" }),
  priceLine({ price: "2417.76", type: "Reservation", reservationTerm: "3 Years" }),
];
const of = (os: "Linux" | "Windows", from = lines) => vmPricesOf(from, os, pricesNow);
const without = (which: (line: (typeof lines)[number]) => boolean) => lines.filter((line) => !which(line));

describe("each price is the one that was asked for", () => {
  test("Linux: pay as you go, spot, commitments", () => {
    expect(of("Linux")).toEqual({
      payAsYouGo: { value: "0.23", currency: "USD", unit: "hour" },
      spot: { value: "0.046", currency: "USD", unit: "hour" },
      windowsLicence: null,
      reservation1Year: { value: "0.142600456621", currency: "USD", unit: "hour" },
      reservation3Years: { value: "0.092", currency: "USD", unit: "hour" },
      savingsPlan1Year: { value: "0.1633", currency: "USD", unit: "hour" },
      savingsPlan3Years: { value: "0.115", currency: "USD", unit: "hour" },
    });
  });

  test("Windows: with its licence, which commitments leave out", () => {
    expect(of("Windows")).toMatchObject({
      payAsYouGo: { value: "0.414" },
      spot: { value: "0.0828" },
      windowsLicence: { value: "0.184" },
      reservation1Year: { value: "0.142600456621" },
      savingsPlan1Year: { value: "0.1633" },
    });
  });

  test("the order of the lines changes nothing", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(of("Linux", shuffled)).toEqual(of("Linux"));
        expect(of("Windows", shuffled)).toEqual(of("Windows"));
      }),
    );
  });
});

describe("a missing price is missing, never taken from its neighbour", () => {
  test("no spot: low priority is none, nor is pay as you go", () => {
    const rest = without(({ meter }) => meter.endsWith("Spot"));
    expect(of("Linux", rest)?.spot).toBeNull();
    expect(of("Windows", rest)?.spot).toBeNull();
    expect(of("Linux", rest)?.payAsYouGo.value).toBe("0.23");
  });

  test("only spot and low priority: no price of the machine at all", () => {
    const rest = without(({ meter }) => meter === "D4s v5");
    expect(of("Linux", rest)).toBeNull();
  });

  test("no Windows: not Linux's, not the development and test price", () => {
    const rest = without(({ product, type }) => product.endsWith("Windows") && type === "Consumption");
    expect(of("Windows", rest)).toBeNull();
  });

  test("no Linux: a Windows price, whose licence part nobody knows", () => {
    const rest = without(
      ({ product, type }) => product === "Virtual Machines Dsv5 Series" && type === "Consumption",
    );
    expect(of("Linux", rest)).toBeNull();
    expect(of("Windows", rest)).toMatchObject({ windowsLicence: null, savingsPlan1Year: null });
  });

  test("no reservation of a term: not the other term's", () => {
    const rest = without(({ reservationTerm }) => reservationTerm === "1 Year");
    expect(of("Linux", rest)).toMatchObject({
      reservation1Year: null,
      reservation3Years: { value: "0.092" },
    });
  });

  test("two lines that should be one and differ: unknown", () => {
    expect(of("Linux", [...lines, priceLine({ price: "0.24" })])).toBeNull();
  });
});

describe("of several lines of one meter", () => {
  test.each([
    ["not yet in force", priceLine({ price: "0.5", effectiveFrom: "2026-11-01T00:00:00Z" })],
    ["replaced since", priceLine({ price: "0.5", effectiveFrom: "2021-01-01T00:00:00Z" })],
    ["not the region's own meter", priceLine({ price: "0.5", primary: false })],
    ["a later step of a graduated price", priceLine({ price: "0.5", fromUnits: 500 })],
    ["the same again", priceLine({ price: "0.23" })],
    ["free", priceLine({ price: "0", meter: "D4s v5 - Free" })],
  ])("one %s is passed over", (_, line) => {
    expect(of("Linux", [line, ...lines])?.payAsYouGo.value).toBe("0.23");
  });
});

test("a reservation's hours come to the price of its whole term", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.constantFrom(1 as const, 3 as const),
      (cents, years) => {
        const total = decimal(cents).dividedBy(100);
        const term = years === 1 ? "1 Year" : "3 Years";
        const line = priceLine({ type: "Reservation", reservationTerm: term, price: total.toFixed() });
        const found = of("Linux", [priceLine(), line]);
        const hourly = years === 1 ? found?.reservation1Year : found?.reservation3Years;
        const again = decimal(hourly!.value).times(hoursPerYear * years);
        expect(again.minus(total).abs().lessThan("0.000001")).toBe(true);
      },
    ),
  );
});
