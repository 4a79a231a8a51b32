import { expect, test } from "vitest";
import { compareTruth } from "./compare-truth.ts";

const waste = (resourceId: string, monthlySaving: string, type = "idle_vm" as const) => ({
  type,
  resourceId,
  monthlySaving,
});
const row = (id: string, value: string | null, type = "idle_vm") =>
  ({
    type,
    resource: { id },
    monthlySavings: value === null ? null : { value, currency: "USD" },
  }) as Parameters<typeof compareTruth>[1][number];

test("what is missed, wrong or off shows in its type's shares and one by one", () => {
  const { types, differences } = compareTruth(
    [waste("/A", "100"), waste("/b", "10"), waste("/c", "5")],
    [row("/a", "100.9"), row("/b", "12"), row("/d", "7"), row("/e", "1", "spot_instance")],
  );
  expect(types).toEqual([
    { type: "idle_vm", plantedCount: 3, foundCount: 3, precision: 2 / 3, recall: 2 / 3, savingsError: 0.2 },
    { type: "spot_instance", plantedCount: 0, foundCount: 1, precision: 0, recall: 1, savingsError: 0 },
  ]);
  expect(differences.map(({ kind, resourceId }) => `${kind} ${resourceId}`)).toEqual([
    "saving /b",
    "missed /c",
    "wrong /d",
    "wrong /e",
  ]);
});

test("nothing saved is right as nothing; a saving that is not told is wrong", () => {
  expect(compareTruth([waste("/n", "0")], [row("/n", "0")]).differences).toEqual([]);
  expect(compareTruth([waste("/n", "0")], [row("/n", "3")]).types[0]!.savingsError).toBe(Infinity);
  expect(compareTruth([waste("/n", "3")], [row("/n", null)]).types[0]!.savingsError).toBe(1);
});
