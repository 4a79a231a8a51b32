import { expect, test } from "vitest";
import { diskTiers, reservationTotal, vmSizes } from "./catalog.ts";

test("sizes of a series grow evenly, in price too", () => {
  expect(vmSizes.Standard_D4s_v5).toMatchObject({ cores: 4, memoryGib: 16, hourly: 0.23, meter: "D4s v5" });
  expect(vmSizes.Standard_D16s_v5).toMatchObject({ hourly: 0.92, series: "Dsv5 Series", maxDataDisks: 32 });
  expect(vmSizes.Standard_E32s_v5.hourly).toBe(2.416);
  expect(vmSizes.Standard_F8s_v2).toMatchObject({ hourly: 0.388, series: "FSv2 Series", meter: "F8s v2" });
  expect(vmSizes.Standard_B2s).toMatchObject({ hourly: 0.048, cores: 2, memoryGib: 4, series: "BS Series" });
});

test("no price is left with a float's tail, and none is zero", () => {
  for (const { hourly, windowsLicenceHourly } of Object.values(vmSizes)) {
    for (const price of [hourly, windowsLicenceHourly]) {
      expect(price).toBeGreaterThan(0);
      expect(String(price)).toMatch(/^\d+(\.\d{1,6})?$/);
    }
  }
});

test("a larger disk of a kind never costs less or does less", () => {
  for (const tiers of Map.groupBy(Object.values(diskTiers), ({ sku }) => sku).values()) {
    for (const [index, tier] of tiers.entries()) {
      const before = tiers[index - 1];
      if (!before) continue;
      expect(tier.sizeGb).toBeGreaterThan(before.sizeGb);
      expect(tier.monthly).toBeGreaterThan(before.monthly);
      expect(tier.iops).toBeGreaterThanOrEqual(before.iops);
    }
  }
});

test("a reservation is cheaper than its hours, three years cheaper than three times one", () => {
  expect(reservationTotal(0.23, 1)).toBe(1249.18);
  expect(reservationTotal(0.23, 3)).toBeLessThan(3 * reservationTotal(0.23, 1));
});
