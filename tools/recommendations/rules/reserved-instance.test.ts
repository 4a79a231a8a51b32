import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimal } from "../../kernel/money.ts";
import type { Finding } from "../finding.ts";
import type { JudgedResource } from "../judged-resource.ts";
import { limitsOf } from "../rule.ts";
import { computeBook, hourlyPrices, machine, machineFacts, usageOf } from "../testing/machines.ts";
import { dailyCosts, waste } from "../testing.ts";
import rule from "./reserved-instance.ts";

type Hour = Temporal.ZonedDateTime;
type Facts = Parameters<typeof machineFacts>[0];

interface Seen {
  size?: string;
  /** Hours of the day in which it runs. */
  hours?: number;
  /** Of its list price. */
  rate?: number;
  found?: Partial<Finding>[];
  facts?: Facts;
  more?: Partial<JudgedResource>;
  properties?: Record<string, unknown>;
}

let count = 0;
function observe({
  size = "Standard_D4s_v5",
  hours = 24,
  rate = 1,
  found = [],
  facts = {},
  more = {},
  properties = {},
}: Seen) {
  const daily = decimal(hourlyPrices[size]!).times(hours).times(rate).toFixed();
  const one = machine(
    { hardwareProfile: { vmSize: size }, ...properties },
    { id: `/subscriptions/s/vm-${count++}`, ...more },
  );
  const about = machineFacts({
    costs: dailyCosts(30, daily, { service: "Virtual Machines" }),
    usage: usageOf({ "cpu_percent/average": ({ hour }: Hour) => (hour < hours ? 30 : Number.NaN) }),
    ...facts,
  });
  return rule.observe(one, about, found as Finding[], limitsOf(rule));
}

function judge(seen: readonly Seen[], own = {}) {
  const observed = seen.map(observe).filter((one) => one !== undefined);
  return rule.judge(observed, { id: "S-1", today: "2026-10-05" }, limitsOf(rule, own));
}
const only = (seen: readonly Seen[], own = {}) => {
  const verdicts = judge(seen, own);
  expect(verdicts).toHaveLength(1);
  return waste(verdicts[0]!.verdict);
};
const verdictOf = (one: Seen) => judge([one])[0]?.verdict.verdict;
const shown = (finding: Finding) =>
  Object.fromEntries(finding.evidence.map(({ label, value }) => [label, value]));

test("four machines that always run: their units for a year, at 60 % of the price", () => {
  const [{ resourceId } = { resourceId: "" }] = judge([{}, {}, {}, {}]);
  expect(resourceId).toBe(
    "/subscriptions/s-1/providers/microsoft.capacity/reservations/westeurope-dsv5-series",
  );
  const finding = only([{}, {}, {}, {}]);
  // 4 x 0.23 x 730 x 0.4
  expect(finding).toMatchObject({
    monthlySavings: "268.64",
    annualSavings: "3223.68",
    target: { label: "8 units of DSv5 Series, 1 year", sku: "DSv5 Series" },
    remediation: null,
  });
  expect(shown(finding)).toMatchObject({
    "Units to buy": "8",
    "Machines counted": "4",
    "Bought hours that would have been used": "100",
    "Break-even: used hours needed": "60",
    "On demand for a unit and hour, your rate": "0.115",
    "Reserved for a unit and hour, 1 year": "0.069",
    "Cautious option, units": "5",
    "Cautious option, saving a month": "167.9",
    "Alternative: 3 years, units": "8",
    "Alternative: 3 years, saving a month": "402.96",
  });
});

test("the effects are amounts by machine that come to the saving, none above its machine's cost", () => {
  const finding = only([{}, { size: "Standard_D8s_v5" }, { hours: 15 }]);
  const sum = finding.effects.reduce((total, { change }) => {
    return total.plus(change.kind === "amount" ? change.monthlySavings : "NaN");
  }, decimal(0));
  expect(sum.toFixed()).toBe(finding.monthlySavings);
  expect(finding.effects).toHaveLength(3);
});

test("units that run too seldom are not bought: 60 % of the hours is break-even", () => {
  expect(shown(only([{}, { hours: 14 }]))).toMatchObject({ "Units to buy": "2" });
  expect(shown(only([{}, { hours: 15 }]))).toMatchObject({ "Units to buy": "4" });
  expect(judge([{ hours: 14 }])[0]!.verdict.verdict).toBe("fine");
});

test("machines that take turns keep one reservation in use", () => {
  const shift = (from: number, to: number): Seen => ({
    hours: 12,
    facts: {
      usage: usageOf({
        "cpu_percent/average": ({ hour }: Hour) => (hour >= from && hour < to ? 30 : Number.NaN),
      }),
    },
  });
  expect(shown(only([shift(0, 12), shift(12, 24)]))).toMatchObject({
    "Units to buy": "2",
    "Bought hours that would have been used": "100",
  });
});

test("a negotiated rate: what is displaced is cheaper, and so is break-even later", () => {
  expect(only([{ rate: 0.9 }]).monthlySavings).toBe("50.37"); // 730 x 0.23 x (0.9 - 0.6)
  expect(judge([{ rate: 0.9, hours: 15 }])[0]!.verdict.verdict).toBe("fine");
  expect(judge([{ rate: 0.6 }])[0]!.verdict.verdict).toBe("fine");
});

test("regions and groups are judged apart", () => {
  const verdicts = judge([{}, { more: { region: "eastus" } }, { size: "Standard_B4s_v2" }]);
  expect(verdicts.map(({ resourceId }) => resourceId.split("/").at(-1))).toEqual([
    "westeurope-dsv5-series",
    "eastus-dsv5-series",
    "westeurope-bsv2-series",
  ]);
});

describe("what comes first", () => {
  test.each(["idle_vm", "stopped_not_deallocated_vm", "spot_instance", "auto_shutdown"] as const)(
    "%s leaves the machine out",
    (type) => {
      expect(verdictOf({ found: [{ type }] })).toBe("fine");
      expect(shown(only([{ found: [{ type }] }, {}]))).toMatchObject({ "Machines counted": "1" });
    },
  );

  test("a right-sized machine counts as what it becomes, at what that costs", () => {
    const resized: Seen = {
      size: "Standard_D8s_v5",
      found: [
        {
          type: "vm_rightsizing",
          target: { label: "", sku: "Standard_D2s_v5" },
          effects: [
            {
              resourceId: "",
              component: "compute",
              monthlyCost: "1",
              change: { kind: "share", remaining: "0.25" },
            },
          ],
        },
      ],
    };
    const finding = only([resized]);
    expect(shown(finding)).toMatchObject({
      "Units to buy": "1",
      "Of them counted as the smaller size they are to become": "1",
    });
    expect(finding.monthlySavings).toBe("33.58"); // 730 x 0.115 x 0.4
    expect(finding.effects[0]).toMatchObject({ monthlyCost: "335.8" });
  });
});

describe("is left out", () => {
  test.each<["fine" | "unknown" | undefined, string, Seen]>([
    ["fine", "spot", { properties: { priority: "Spot" } }],
    [
      "fine",
      "what a commitment pays",
      { facts: { costs: dailyCosts(30, "5", { service: "Virtual Machines", billed: "0" }) } },
    ],
    ["unknown", "without costs", { facts: { costs: [] } }],
    ["unknown", "without prices", { facts: { prices: computeBook({ vm: () => null }) } }],
    [undefined, "without a size", { properties: { hardwareProfile: {} } }],
    [
      "unknown",
      "never measured and not billed alike every day",
      {
        facts: {
          usage: usageOf({}, { days: 0 }),
          costs: dailyCosts(20, "5.52", { service: "Virtual Machines" }),
        },
      },
    ],
  ])("%s: %s", (verdict, _, seen) => {
    expect(verdictOf(seen)).toBe(verdict);
    expect(only([seen, {}]).effects).toHaveLength(1);
  });
});

test("the price of a reservation is missing or in another currency: unknown", () => {
  const prices = computeBook({ prices: { reservation1Year: null } });
  expect(judge([{ facts: { prices } }])[0]!.verdict.verdict).toBe("unknown");
  const euros = dailyCosts(30, "5.52", { service: "Virtual Machines", currency: "EUR" });
  expect(judge([{ facts: { costs: euros } }])[0]!.verdict.verdict).toBe("unknown");
  expect(judge([{ facts: { costs: euros } }, {}])[0]!.verdict.verdict).toBe("unknown");
});

describe("hours", () => {
  test("gaps of up to 3 hours are an agent's, longer ones are not", () => {
    const gaps = (hours: number): Seen => ({
      facts: {
        usage: usageOf({
          "cpu_percent/average": ({ hour }: Hour) => (hour > 2 && hour < 3 + hours ? Number.NaN : 30),
        }),
      },
    });
    expect(shown(only([gaps(3)]))["Bought hours that would have been used"]).toBe("100");
    expect(shown(only([gaps(4)]))["Bought hours that would have been used"]).toBe("83.33");
  });

  test("hours and costs are of the same days, where a machine runs on working days and costs come late", () => {
    const isWorkday = (day: string) => Temporal.PlainDate.from(day).dayOfWeek <= 5;
    const costs = dailyCosts(33, "5.52", { service: "Virtual Machines" }).filter(
      ({ day }) => isWorkday(day) && day < "2026-10-02",
    );
    const usage = usageOf({
      "cpu_percent/average": ({ dayOfWeek }: Hour) => (dayOfWeek <= 5 ? 30 : Number.NaN),
    });
    const finding = only([{ facts: { costs, costsUntil: "2026-10-02", usage } }]);
    expect(shown(finding)["On demand for a unit and hour, your rate"]).toBe("0.115");
  });

  test("never measured, billed for whole days: it ran, with less confidence", () => {
    const unmeasured: Seen = { facts: { usage: usageOf({}, { days: 0 }) } };
    const finding = only([unmeasured]);
    expect(finding.monthlySavings).toBe("67.16");
    expect(finding.confidence).toBeLessThan(only([{}]).confidence);
    expect(verdictOf({ hours: 12, ...unmeasured })).toBe("unknown");
  });

  test("billed for more hours than were measured: no rate above the list price", () => {
    const seen: Seen = {
      hours: 18,
      facts: { costs: dailyCosts(30, "5.52", { service: "Virtual Machines" }) },
    };
    const finding = only([seen]);
    expect(shown(finding)["On demand for a unit and hour, your rate"]).toBe("0.115");
    expect(finding.confidenceReasons.join()).toContain("more hours");
  });
});

test("a Windows licence in the meter is not displaced", () => {
  const windows: Seen = {
    properties: { storageProfile: { osDisk: { osType: "Windows" } } },
    // 24 x (0.23 + 4 x 0.046)
    facts: { costs: dailyCosts(30, "9.936", { service: "Virtual Machines" }) },
  };
  expect(only([windows]).monthlySavings).toBe("67.16");
});

test("the cautious share is the organization's to change", () => {
  expect(shown(only([{}, {}], { cautiousSharePercent: 50 }))["Cautious option, units"]).toBe("2");
});

test("never saves more than the machines cost, whatever they run", () => {
  const machines = fc.array(
    fc.record({
      size: fc.constantFrom("Standard_D2s_v5", "Standard_D4s_v5", "Standard_D16s_v5"),
      hours: fc.integer({ min: 1, max: 24 }),
      rate: fc.integer({ min: 60, max: 100 }).map((percent) => percent / 100),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(machines, (seen) => {
      const { verdict } = judge(seen)[0]!;
      if (verdict.verdict !== "waste") return;
      for (const { monthlyCost, change } of verdict.finding.effects) {
        if (change.kind !== "amount") throw new Error("An amount was expected.");
        expect(Number(change.monthlySavings)).toBeGreaterThanOrEqual(0);
        expect(Number(change.monthlySavings)).toBeLessThanOrEqual(Number(monthlyCost) + 1e-6);
      }
      expect(Number(verdict.finding.monthlySavings)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 40 },
  );
});
