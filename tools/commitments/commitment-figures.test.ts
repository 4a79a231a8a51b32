import type { CommitmentPayment, CommitmentUse } from "@cloudoptima/db/queries/commitments.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal } from "../kernel/money.ts";
import { commitmentFigures, commitmentRows } from "./commitment-figures.ts";
import { amortizedPayments } from "./monthly-payments.ts";

const use = (more: Partial<CommitmentUse> = {}): CommitmentUse => ({
  currency: "USD",
  service: "Virtual Machines",
  commitmentId: null,
  commitmentType: null,
  isUnused: false,
  effective: "0",
  paid: "0",
  list: "0",
  paidList: "0",
  withoutList: "0",
  ...more,
});
const unused = (effective: string, commitmentId = "ri-1") => use({ isUnused: true, effective, commitmentId });

test("coverage and effective savings rate at list cost, utilization by amortized cost", () => {
  const [figures] = commitmentFigures([
    use({ effective: "60", paid: "60", list: "100", paidList: "100", commitmentId: "ri-1" }),
    use({ effective: "90", list: "100" }),
    unused("20"),
    use({ service: "Bandwidth", effective: "1000", list: "1000" }),
  ]);
  expect(figures!.coverage!.toFixed()).toBe("0.5");
  expect(figures!.utilization!.toFixed()).toBe("0.75");
  expect(figures!.savings!.toFixed()).toBe("30");
  expect(figures!.effectiveSavingsRate!.toFixed()).toBe("0.15");
});

test("too much unused makes the effective savings rate negative", () => {
  const [figures] = commitmentFigures([
    use({ effective: "60", paid: "60", list: "100", paidList: "100", commitmentId: "ri-1" }),
    unused("65"),
  ]);
  expect(figures!.effectiveSavingsRate!.toFixed()).toBe("-0.25");
});

test("without list costs coverage is of effective cost and the savings rate is unknown, not guessed", () => {
  const [figures] = commitmentFigures([
    use({ effective: "60", paid: "30", withoutList: "60" }),
    use({ service: "Azure Data Factory", effective: "40", withoutList: "40" }),
  ]);
  expect(figures).toMatchObject({
    measuredAt: "effective",
    onDemandEquivalent: null,
    effectiveSavingsRate: null,
  });
  expect(figures!.coverage!.toFixed()).toBe("0.5");
});

const derived = (effective: string, list: string, more: Partial<Record<"paid" | "spot", string>> = {}) => ({
  currency: "USD",
  effective: decimal(effective),
  list: decimal(list),
  paid: decimal(more.paid ?? "0"),
  spot: decimal(more.spot ?? "0"),
});

test("a rate of derived list costs is of the known part and all that is unused, and says how much is known", () => {
  const uses = [use({ effective: "200", paid: "50", withoutList: "200" }), unused("10")];
  const [figures] = commitmentFigures(uses, [derived("90", "150", { paid: "45", spot: "20" })]);
  expect(figures).toMatchObject({ listFrom: "derived", measuredAt: "effective" });
  expect(figures!.listKnown!.toFixed()).toBe("0.5");
  expect(figures!.actual.toFixed()).toBe("100");
  expect(figures!.savings!.toFixed()).toBe("50");
  expect(figures!.effectiveSavingsRate!.toFixed(6)).toBe("0.333333");
});

test.each([
  ["of too little that commitments pay", derived("190", "250", { paid: "39" })],
  ["of too little usage", derived("49", "70", { paid: "49" })],
  ["in another currency", { ...derived("190", "250", { paid: "50" }), currency: "EUR" }],
])("list costs derived %s tell no rate", (_, known) => {
  const [figures] = commitmentFigures([use({ effective: "200", paid: "50", withoutList: "200" })], [known]);
  expect(figures).toMatchObject({ listFrom: null, effectiveSavingsRate: null, onDemandEquivalent: null });
  expect(figures!.actual.toFixed()).toBe("200");
});

test("a service that a commitment paid is eligible, whatever its name", () => {
  const [figures] = commitmentFigures([
    use({ service: "Some new service", effective: "30", paid: "15", withoutList: "30" }),
  ]);
  expect(figures!.coverage!.toFixed()).toBe("0.5");
});

test("currencies are never added", () => {
  const figures = commitmentFigures([
    use({ effective: "1", list: "1" }),
    use({ currency: "EUR", effective: "2", list: "2" }),
  ]);
  expect(figures.map(({ currency, eligible }) => `${eligible} ${currency}`)).toEqual(["1 USD", "2 EUR"]);
});

test("coverage and utilization stay within 0 and 1, and used + unused are part of the actual cost", () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000 }).map((micros) => micros / 1e6);
  const charge = fc.record({
    effective: amounts,
    share: fc.integer({ min: 0, max: 4 }),
    list: amounts,
    isUnused: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(charge, { maxLength: 20 }), (charges) => {
      const uses = charges.map(({ effective, share, list, isUnused }) =>
        isUnused
          ? unused(effective.toFixed(6))
          : use({
              effective: effective.toFixed(6),
              paid: ((effective * share) / 4).toFixed(8),
              list: list.toFixed(6),
              paidList: ((list * share) / 4).toFixed(8),
              withoutList: list === 0 ? effective.toFixed(6) : "0",
            }),
      );
      for (const figures of commitmentFigures(uses)) {
        const { coverage, utilization, used, unused, actual, effectiveSavingsRate, listFrom } = figures;
        for (const share of [coverage, utilization]) {
          if (share === null) continue;
          expect(share.greaterThanOrEqualTo(0) && share.lessThanOrEqualTo(1)).toBe(true);
        }
        // With derived list costs the actual cost is of the part alone whose list cost is known.
        if (listFrom === "derived") expect(figures.listKnown!.lessThan(1)).toBe(true);
        else expect(used.plus(unused).lessThanOrEqualTo(actual)).toBe(true);
        if (effectiveSavingsRate) expect(effectiveSavingsRate.lessThanOrEqualTo(1)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

const october = { start: "2026-10-01", end: "2026-11-01" };
const pay = (day: string, billed = "365"): CommitmentPayment => ({
  commitmentId: "ri-1",
  currency: "USD",
  day,
  billed,
});
const monthly = [pay("2026-08-12"), pay("2026-09-12"), pay("2026-10-12")];

test("monthly payments are amortized over the days of the year", () => {
  expect(amortizedPayments(monthly, october)!.toFixed()).toBe("372");
});

test.each([
  ["one payment may be of one year or three", [pay("2026-09-12")]],
  ["payments that differ", [pay("2026-08-12"), pay("2026-09-12", "730"), pay("2026-10-12")]],
  ["payments that ended before the period did", [pay("2026-07-12"), pay("2026-08-12")]],
  ["payments that began within the period", [pay("2026-10-12"), pay("2026-11-12")]],
  ["payments by the year", [pay("2025-10-01"), pay("2026-10-01")]],
])("not amortized: %s", (_, payments) => {
  expect(amortizedPayments(payments, october)).toBeNull();
});

test("a commitment that the bill names is used by its charges; one that it does not, by its payments", () => {
  const rows = commitmentRows(
    [
      use({ commitmentId: "arn:savingsplan/1", commitmentType: "Savings Plan", effective: "30", paid: "30" }),
      unused("10", "arn:savingsplan/1"),
      unused("93"),
    ],
    monthly,
    october,
  );
  expect(
    rows.map(({ id, kind, used, unused, utilization }) => [
      id,
      kind,
      used?.toFixed(),
      unused.toFixed(),
      utilization?.toFixed(),
    ]),
  ).toEqual([
    ["ri-1", "commitment", "279", "93", "0.75"],
    ["arn:savingsplan/1", "savings plan", "30", "10", "0.75"],
  ]);
});

test("without payments or names the use of a commitment is unknown", () => {
  const [row] = commitmentRows([unused("93")], [], october);
  expect(row).toMatchObject({ used: null, utilization: null });
});
