import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, sumDecimals } from "../../kernel/money.ts";
import { compareBy, type ServiceDay, worstVerdict } from "./compare-totals.ts";

const cost = (billed: string, changes: Partial<ServiceDay> = {}): ServiceDay => ({
  day: "2026-10-01",
  service: "Storage",
  currency: "USD",
  billed,
  effective: billed,
  ...changes,
});
const total = (stored: string, provider: string) =>
  compareBy([cost(stored)], [cost(provider)], "billed", () => "")[0]!;

describe("the verdict", () => {
  it.each([
    ["100", "100.004", "to_the_cent"],
    ["100", "100.005", "within_1_percent"],
    ["101", "100", "within_1_percent"],
    ["101.01", "100", "differs"],
    ["-99", "-100", "within_1_percent"],
    ["-98", "-100", "differs"],
    ["1", "0", "differs"],
    ["0", "0", "to_the_cent"],
  ])("%s stored, %s said: %s", (stored, provider, verdict) => {
    expect(total(stored, provider).verdict).toBe(verdict);
  });

  it("keeps currencies apart, also where one side lacks one", () => {
    const compared = compareBy(
      [cost("5"), cost("7", { currency: "EUR" })],
      [cost("5")],
      "billed",
      ({ service }) => service,
    );
    expect(compared.map(({ currency, verdict }) => [currency, verdict])).toEqual([
      ["EUR", "differs"],
      ["USD", "to_the_cent"],
    ]);
    expect(compared[0]!.differencePercent).toBeNull();
  });

  it("of several is the worst, and of nothing unknown", () => {
    expect(worstVerdict(["to_the_cent", "unknown", "within_1_percent"])).toBe("unknown");
    expect(worstVerdict(["unknown", "differs"])).toBe("differs");
    expect(worstVerdict([])).toBe("unknown");
  });
});

it("the differences of the days add up to that of the total, exactly", () => {
  const costs = fc.array(
    fc.record({
      day: fc.constantFrom("2026-02-28", "2028-02-29", "2026-03-01"),
      service: fc.constantFrom("a", "b"),
      currency: fc.constant("USD"),
      billed: fc.integer({ min: -1e9, max: 1e9 }).map((n) => decimal(n).dividedBy(1e7).toFixed()),
      effective: fc.constant("0"),
    }),
  );
  fc.assert(
    fc.property(costs, costs, (stored, provider) => {
      const days = compareBy(stored, provider, "billed", ({ day }) => day);
      const [whole] = compareBy(stored, provider, "billed", () => "");
      const sum = sumDecimals(days.map(({ difference }) => difference.value));
      expect(sum.toFixed()).toBe(whole?.difference.value ?? "0");
    }),
  );
});
