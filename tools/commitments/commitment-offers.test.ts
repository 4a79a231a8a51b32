import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal } from "../kernel/money.ts";
import type { Runner } from "../recommendations/reservation-runner.ts";
import { reservationOffers, savingsPlanOffers } from "./commitment-offers.ts";
import { isOfSeries } from "./series-match.ts";

const hours = 48;

/** A machine that runs in the first `ran` of 48 hours; prices are of its whole size. */
function runner(more: Partial<Runner> & { hoursRun?: number } = {}): Runner {
  const { hoursRun = hours, ...rest } = more;
  return {
    resourceId: "vm",
    region: "westeurope",
    group: "Dsv5 Series",
    currency: "USD",
    ratio: 2,
    ran: Uint8Array.from({ length: hours }, (_, hour) => (hour < hoursRun ? 1 : 0)),
    onDemand: decimal("0.2"),
    monthlyCost: decimal("146"),
    oneYear: decimal("0.06"),
    threeYears: decimal("0.04"),
    planOneYear: decimal("0.07"),
    planThreeYears: decimal("0.05"),
    isResized: false,
    window: { start: "2026-10-01", end: "2026-10-03" },
    doubts: [],
    ...rest,
  };
}

test("reservations: units, saving, price and break-even of each term by itself", () => {
  const [offer] = reservationOffers([runner(), runner({ hoursRun: 24 })], hours);
  expect(offer).toMatchObject({ group: "Dsv5 Series", region: "westeurope", machineCount: 2, missing: null });
  const [one, three] = offer!.terms;
  // One machine runs always, the other half the time: at 60 % only the first pays, at 40 % both.
  expect(one!.best!.units).toBe(2);
  expect(one!.best!.monthlySavings.toFixed()).toBe("58.4");
  expect(one!.best!.upfrontEquivalent.toFixed()).toBe("1051.2");
  // 146 a month is displaced: 1051.2 / 146 = 7.2.
  expect(one!.best!.breakEvenMonth).toBe(8);
  expect(one!.breakEvenUse!.toFixed()).toBe("0.6");
  expect(one!.cautious!.units).toBe(1);
  expect(three!.best!.units).toBe(4);
  expect(three!.best!.usedShare.toFixed()).toBe("0.75");
});

test("regions, groups and currencies are committed for apart; an unknown price is said", () => {
  const offers = reservationOffers(
    [
      runner(),
      runner({ region: "eastus" }),
      runner({ group: "Esv5 Series", threeYears: null }),
      runner({ currency: "EUR" }),
    ],
    hours,
  );
  expect(offers).toHaveLength(4);
  expect(
    offers
      .filter(({ missing }) => missing)
      .map(({ group, terms }) => [group, terms.map(({ years }) => years)]),
  ).toEqual([["Esv5 Series", [1]]]);
});

test("a savings plan is one amount for all regions and series", () => {
  const [offer, ...others] = savingsPlanOffers(
    [runner(), runner({ region: "eastus", group: "Esv5 Series" })],
    hours,
  );
  expect(others).toEqual([]);
  const [one] = offer!.terms;
  // 2 x 0.14 an hour displace 2 x 0.2.
  expect(one!.best!.monthlyPrice.toFixed()).toBe("204.4");
  expect(one!.best!.monthlySavings.toFixed()).toBe("87.6");
  expect(one!.best!.usedShare.toFixed()).toBe("1");
  const [unpriced] = savingsPlanOffers([runner(), runner({ planOneYear: null })], hours);
  expect(unpriced!.missing).toContain("not known");
});

test("no option saves more than its machines cost on demand, uses more than it buys or breaks even after its term", () => {
  const machine = fc.record({
    hoursRun: fc.integer({ min: 1, max: hours }),
    ratio: fc.constantFrom(1, 2, 4, 8),
    onDemand: fc.integer({ min: 1, max: 900 }).map((mills) => decimal(mills).dividedBy(1000)),
    oneYear: fc.integer({ min: 1, max: 300 }).map((mills) => decimal(mills).dividedBy(1000)),
  });
  fc.assert(
    fc.property(fc.array(machine, { minLength: 1, maxLength: 6 }), fc.boolean(), (machines, isPlan) => {
      const runners = machines.map((one) => runner({ ...one, planOneYear: one.oneYear }));
      const cost = runners.reduce(
        (sum, { onDemand, ran }) => sum.plus(onDemand.times(ran.reduce((all, one) => all + one, 0))),
        decimal(0),
      );
      const monthly = cost.times(730).dividedBy(hours);
      for (const { terms } of (isPlan ? savingsPlanOffers : reservationOffers)(runners, hours)) {
        for (const { years, best, cautious } of terms) {
          if (!best) continue;
          expect(best.monthlySavings.lessThanOrEqualTo(monthly)).toBe(true);
          expect(best.monthlySavings.isNegative()).toBe(false);
          expect(best.usedShare.greaterThan(0) && best.usedShare.lessThanOrEqualTo("1.000000001")).toBe(true);
          expect(best.breakEvenMonth).toBeLessThanOrEqual(12 * years);
          if (cautious)
            expect(cautious.monthlySavings.lessThanOrEqualTo(best.monthlySavings.plus("1e-9"))).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["Dsv5 Series", "D-series", true],
  ["Dsv5 Series", "Dsv5", true],
  ["Dsv5 Series", "Standard_D4s_v5", true],
  ["Dasv5 Series", "D", true],
  ["DCsv3 Series", "D-series", false],
  ["DCsv3 Series", "DC", true],
  ["Esv5 Series", "D-series VMs", false],
  ["Dsv5 Series", "Dsv4", false],
  ["Esv5 Series", "", true],
])("%s of %s: %s", (group, asked, expected) => {
  expect(isOfSeries(group, asked)).toBe(expected);
});
