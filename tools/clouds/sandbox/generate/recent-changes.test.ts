import { describe, expect, test } from "vitest";
import { createLedger } from "../cost/ledger.ts";
import { createEstate } from "../estate.ts";
import { dayNumber, dayText } from "../tenant/days.ts";
import { generateTenant } from "./generate-tenant.ts";

const start = Temporal.Instant.from("2026-10-01T12:00:00Z");
const estateAt = (now: Temporal.Instant, seed = "contoso") =>
  generateTenant({ seed, resources: 420, days: 60, now }).tenant;

function valueAt(tenant: ReturnType<typeof estateAt>, id: string, path: string): string | null {
  const resource = tenant.resources.find((one) => one.id === id)!;
  const [first = "", second = ""] = path.split(".");
  const value = (resource as unknown as Record<string, Record<string, unknown>>)[first]?.[second];
  return value === undefined ? null : String(value);
}

describe.each(["contoso", "7"])("what happened lately to an estate of seed %s", (seed) => {
  test("leads to how it is on each day of a month, and stays as it was told", () => {
    const known = new Map<string, string>();
    const kinds = new Set<string>();
    for (let day = 0; day < 30; day++) {
      const now = start.add({ hours: 24 * day });
      const tenant = estateAt(now, seed);
      expect(tenant.resources).toHaveLength(420);
      const history = tenant.history!;
      expect(history.length).toBeGreaterThan(4);
      expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted());
      const last = new Map<string, string | null>();
      for (const change of history) {
        const { at, resourceId, changeType, changes } = change;
        const age = now.since(Temporal.Instant.from(at)).total("hours");
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThan(14 * 24);
        kinds.add(changeType);
        const key = `${at} ${resourceId} ${changeType}`;
        expect(known.get(key) ?? JSON.stringify(change)).toBe(JSON.stringify(change));
        known.set(key, JSON.stringify(change));
        for (const { path, previousValue, newValue } of changes) {
          const slot = `${resourceId} ${path}`;
          if (last.has(slot)) expect(previousValue).toBe(last.get(slot));
          last.set(slot, newValue);
        }
        if (changeType !== "Update") last.set(`${resourceId} `, changeType);
      }
      const ids = new Set(tenant.resources.map(({ id }) => id));
      for (const [slot, value] of last) {
        const [id = "", path = ""] = slot.split(" ");
        if (path === "") expect(ids.has(id)).toBe(value === "Create");
        else expect(valueAt(tenant, id, path)).toBe(value);
      }
    }
    expect([...kinds].sort()).toEqual(["Create", "Delete", "Update"]);
  });
});

test("a day costs the same whenever the estate is made, and a database with twice its cores twice as much", () => {
  const [early, late] = [start, start.add({ hours: 24 * 20 })].map((now) => {
    const tenant = estateAt(now);
    return { tenant, ledger: createLedger(createEstate(tenant, () => now)) };
  });
  const costOf = ({ ledger, tenant }: NonNullable<typeof early>, id: string, day: number) =>
    ledger.amount(tenant.charges.find((charge) => charge.id === id)!, day, "AmortizedCost");
  const known = new Set(early!.tenant.charges.map(({ id }) => id));
  const shared = late!.tenant.charges.flatMap(({ id }) => (known.has(id) ? id : []));
  expect(shared.length).toBeGreaterThan(100);
  for (let day = dayNumber("2026-09-01"); day < dayNumber("2026-10-01"); day++) {
    const [before, after] = [early!, late!].map((estate) => shared.map((id) => costOf(estate, id, day)));
    expect(after, dayText(day)).toEqual(before);
  }
  const scaled = late!.tenant.history!.filter(({ changes }) =>
    changes.some(({ path }) => path === "sku.capacity"),
  );
  expect(scaled.length).toBeGreaterThan(0);
  for (const { at, resourceId, changes } of scaled) {
    const { id } = late!.tenant.charges.find(
      (one) => one.resourceId === resourceId && one.meter === "vCore",
    )!;
    const day = dayNumber(at.slice(0, 10));
    const [{ previousValue, newValue }] = changes as [(typeof changes)[number]];
    const ratio = costOf(late!, id, day) / costOf(late!, id, day - 1);
    expect(ratio).toBeCloseTo(Number(newValue) / Number(previousValue), 5);
  }
});
