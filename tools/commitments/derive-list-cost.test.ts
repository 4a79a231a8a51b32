import type { DatedCost } from "@cloudoptima/db/queries/commitments.ts";
import { describe, expect, test } from "vitest";
import { priceBookOf, vmPrices } from "../prices/testing.ts";
import { facts, hourlyUsage, resource } from "../recommendations/testing.ts";
import { type DerivedList, deriveListCost } from "./derive-list-cost.ts";

const period = { start: "2026-10-01", end: "2026-10-05" };
const prices = priceBookOf({
  vm: (_, size, os) => (size === "Standard_D4s_v5" ? vmPrices(os === "Windows" ? "0.4" : "0.2") : null),
});
const cpu = (isOn: (hour: Temporal.ZonedDateTime) => boolean) =>
  hourlyUsage({ "cpu_percent/average": (hour) => (isOn(hour) ? 20 : Number.NaN) });
const always = cpu(() => true);
const machine = (properties: Record<string, unknown> = {}) =>
  resource("microsoft.compute/virtualmachines", {
    properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" }, ...properties },
  });
const costs = (effective: string, more: Partial<DatedCost> = {}): DatedCost[] =>
  ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"].map((day) => ({
    resourceId: "m",
    day,
    service: "Virtual Machines",
    currency: "USD",
    effective,
    billed: effective,
    paid: "0",
    ...more,
  }));
const told = (derived: DerivedList[]) =>
  derived.map(({ currency, effective, paid, list, spot }) => [
    currency,
    ...[effective, paid, list, spot].map((one) => one.toFixed()),
  ]);
const derive = (
  bill: DatedCost[],
  { usage = always, of = machine(), resizedAt = null as string | null } = {},
) => told(deriveListCost(of, facts({ usage, prices }), bill, { period, resizedAt }));

describe("the list cost of a machine", () => {
  test("is its size's price for 24 hours of each day that it ran throughout, exactly", () => {
    expect(derive(costs("4.31999999999"))).toEqual([["USD", "17.27999999996", "0", "19.2", "0"]]);
  });

  test("is the same for what commitments pay, at up to four fifths off", () => {
    const paid = costs("1.2", { billed: "0", paid: "1.2" });
    expect(derive(paid)).toEqual([["USD", "4.8", "4.8", "19.2", "0"]]);
    expect(derive(costs("1.2"))).toEqual([]);
  });

  test("is unknown of days that it ran in part", () => {
    const offOnSecond = cpu(({ day, month, hour }) => !(month === 10 && day === 2 && hour > 8 && hour < 15));
    expect(derive(costs("4.8"), { usage: offOnSecond })).toEqual([["USD", "14.4", "0", "14.4", "0"]]);
  });

  test("is unknown up to its last change of size", () => {
    expect(derive(costs("4.8"), { resizedAt: "2026-10-03" })).toEqual([["USD", "4.8", "0", "4.8", "0"]]);
  });

  test.each([
    ["more than the price: it was larger, or ran as more than one", "4.9"],
    ["far less: it was smaller, or ran less", "2.6"],
    ["a refund", "-4.8"],
  ])("is unknown where the bill is %s", (_, effective) => {
    expect(derive(costs(effective))).toEqual([]);
  });

  test("holds the licence where its meter does, not where the licence is billed apart", () => {
    const of = machine({ storageProfile: { osDisk: { osType: "Windows" } } });
    expect(derive(costs("9"), { of })).toEqual([["USD", "36", "0", "38.4", "0"]]);
    const apart = [...costs("4.5"), ...costs("4.4", { service: "Virtual Machines Licenses" })];
    expect(derive(apart, { of })).toEqual([["USD", "18", "0", "19.2", "0"]]);
  });

  test("without metrics is told by a bill that is the same each day, and not by another", () => {
    const usage = hourlyUsage({});
    expect(derive(costs("4.5"), { usage })).toEqual([["USD", "18", "0", "19.2", "0"]]);
    expect(derive([...costs("4.5").slice(1), ...costs("3").slice(0, 1)], { usage })).toEqual([]);
  });

  test("is unknown without a price, and in another currency than the price's", () => {
    const of = machine({ hardwareProfile: { vmSize: "Standard_Unheard_of" } });
    expect(derive(costs("4.5"), { of })).toEqual([]);
    expect(derive(costs("4.5", { currency: "EUR" }))).toEqual([]);
  });

  test("on spot is none: it is left out of what commitments could pay", () => {
    expect(derive(costs("1"), { of: machine({ priority: "Spot" }) })).toEqual([["USD", "0", "0", "0", "4"]]);
  });
});
