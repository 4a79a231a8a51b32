import { describe, expect, test } from "vitest";
import { computeBook, machine, machineFacts } from "../testing/machines.ts";
import { dailyCosts, judge, waste } from "../testing.ts";
import rule from "./hybrid-benefit.ts";

const compute = dailyCosts(30, "11.04", { service: "Virtual Machines" });
const apart = [...compute, ...dailyCosts(30, "8.832", { service: "Virtual Machines Licenses" })];
const windows = (properties: Record<string, unknown> = {}, more = {}) =>
  machine({ storageProfile: { osDisk: { osType: "Windows" } }, ...properties }, more);

test("a licence billed apart ends, nothing else", () => {
  const finding = waste(judge(rule, windows(), machineFacts({ costs: apart })));
  expect(finding).toMatchObject({
    monthlySavings: "268.64",
    effects: [{ component: "licence", change: { kind: "share", remaining: "0" } }],
    remediation: "use_own_licence",
  });
  expect(finding.confidence).toBeLessThanOrEqual(0.6);
  expect(finding.confidenceReasons[0]).toContain("licences");
});

test("Windows is told by any of its marks", () => {
  for (const properties of [
    { storageProfile: { osDisk: { osType: "windows" } } },
    { storageProfile: {}, osProfile: { windowsConfiguration: { provisionVMAgent: true } } },
  ]) {
    expect(judge(rule, windows(properties), machineFacts({ costs: apart })).verdict).toBe("waste");
  }
});

test("a licence inside the compute meter ends by its share of the list price", () => {
  // 19.872 a day = 24 h x (0.46 + 8 x 0.046); the licence is 0.368 of 0.828.
  const together = dailyCosts(30, "19.872", { service: "Virtual Machines" });
  expect(waste(judge(rule, windows(), machineFacts({ costs: together }))).monthlySavings).toBe("268.64");
});

test("under a reservation the licence alone is still paid, and saved", () => {
  const reserved = [
    ...dailyCosts(30, "6", { service: "Virtual Machines", billed: "0" }),
    ...dailyCosts(30, "8.832", { service: "Virtual Machines Licenses" }),
  ];
  expect(waste(judge(rule, windows(), machineFacts({ costs: reserved }))).monthlySavings).toBe("268.64");
});

describe("is left alone", () => {
  test.each([
    ["Linux", machine()],
    ["an own server licence", windows({ licenseType: "Windows_Server" })],
    ["an own client licence", windows({ licenseType: "Windows_Client" })],
    ["a spot machine", windows({ priority: "Spot" })],
    ["a deallocated machine", windows({}, { status: "deallocated" })],
  ])("%s", (_, one) => {
    expect(judge(rule, one, machineFacts({ costs: apart })).verdict).toBe("fine");
  });
  test("a licence type of None is none", () => {
    expect(judge(rule, windows({ licenseType: "None" }), machineFacts({ costs: apart })).verdict).toBe(
      "waste",
    );
  });
});

test("unknown without a power state, or without the price that splits the meter", () => {
  expect(judge(rule, windows({}, { status: null }), machineFacts({ costs: apart })).verdict).toBe("unknown");
  const prices = computeBook({ vm: () => null });
  expect(judge(rule, windows(), machineFacts({ costs: compute, prices })).verdict).toBe("unknown");
  expect(judge(rule, windows(), machineFacts({ costs: apart, prices })).verdict).toBe("waste");
});
