import { expect, test } from "vitest";
import { flexibilityGroupOf } from "./flexibility-group.ts";
import { parseSizeName, seriesLabel } from "./size-name.ts";

test.each([
  ["Standard_D4s_v5", "standard_d{n}s_v5", 4],
  ["Standard_D16_v5", "standard_d{n}_v5", 16],
  ["Standard_NC4as_T4_v3", "standard_nc{n}as_t4_v3", 4],
  ["Standard_B2ms", "standard_b{n}ms", 2],
  ["Basic_A1", "basic_a{n}", 1],
])("%s is of the series %s", (name, pattern, number) => {
  expect(parseSizeName(name)).toEqual({ pattern, number, constrained: false });
});

test("vCPUs switched off do not make another series", () => {
  expect(parseSizeName("Standard_E8-4s_v5")).toEqual({
    pattern: "standard_e{n}s_v5",
    number: 8,
    constrained: true,
  });
});

test("with and without premium storage, or with much memory, are series of their own", () => {
  const pattern = (name: string) => parseSizeName(name)?.pattern;
  expect(pattern("Standard_D4_v5")).not.toBe(pattern("Standard_D4s_v5"));
  expect(pattern("Standard_DS3_v2")).toBe(pattern("Standard_DS4_v2"));
  expect(pattern("Standard_DS13_v2")).not.toBe(pattern("Standard_DS3_v2"));
});

test.each(["", "Custom", "Standard_", "4"])("%j is no size", (name) => {
  expect(parseSizeName(name)).toBeNull();
});

test("series are named as reservations name them", () => {
  expect(seriesLabel("Standard_D4s_v5")).toBe("Dsv5 Series");
  expect(seriesLabel("Standard_F8s_v2")).toBe("Fsv2 Series");
});

test("units follow the vCPUs, in the B series the published list", () => {
  expect(flexibilityGroupOf("Standard_D16s_v5", 16, 2)).toEqual({ group: "Dsv5 Series", ratio: 8 });
  expect(flexibilityGroupOf("Standard_B4ms", 4, 1)).toEqual({ group: "BS Series High Memory", ratio: 8 });
  expect(flexibilityGroupOf("Standard_B2s", 2, 1)).toEqual({ group: "BS Series", ratio: 8 });
});
