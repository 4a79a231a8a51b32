import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTenant } from "../clouds/sandbox/tenant/read-tenant.ts";
import { connectSandboxTenant, type ScannedTenant } from "../discovery/testing/scanned-tenant.ts";
import { type At, estateByHand, wellUsed } from "../recommendations/testing/by-hand/estate-by-hand.ts";
import type { Simulation } from "./simulate-commitment.tool.ts";

const subscription = "dddddddd-1111-4222-8333-444444444444";
const now = "2026-10-05T12:00:00Z";
/** List price of a D4s_v5 an hour, and of its two normalized units what a year reserved or planned costs. */
const hourly = 0.23;
const reserved = { 1: 0.62, 3: 0.4 } as const;
const planned = { 1: 0.71, 3: 0.5 } as const;
const month = 730;

/** Three machines at list price: two always run, one began 45 whole days ago. All are well used. */
function fleet() {
  const by = estateByHand({
    name: "fleet-by-hand",
    now,
    days: 100,
    currency: "USD",
    location: "westeurope",
    subscriptions: [{ id: subscription, name: "Fleet" }],
  });
  const at = (name: string): At => [subscription, "rg-fleet", "Microsoft.Compute/virtualMachines", name];
  const daily = (hourly * 24).toFixed(2);
  by.vm(at("vm-one"), "Standard_D4s_v5", daily, { usage: wellUsed(16) });
  by.vm(at("vm-two"), "Standard_D4s_v5", daily, { usage: wellUsed(16) });
  by.vm(at("vm-late"), "Standard_D4s_v5", daily, {
    usage: wellUsed(16),
    power: { offPeriods: [{ from: "2026-06-01", to: "2026-08-21" }] },
  });
  return by.done().tenant;
}

/** Of the window's days, how many the late machine ran. */
const lateShare = { 30: 1, 60: 45 / 60, 90: 45 / 90 } as const;

describeOneEngine("server", "a commitment's what-if against sums by hand", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), "cloudoptima-fleet-"));
    const file = join(directory, "tenant.json");
    await writeFile(file, JSON.stringify(fleet()));
    tenant = await connectSandboxTenant(engine.database(), {
      seed: "fleet",
      resources: 60,
      days: 31,
      now,
      tenant: await readTenant(file),
    });
    await rm(directory, { recursive: true });
    await tenant.scan();
  }, 120_000);
  afterAll(() => tenant.close());

  const simulate = async (input: object) => {
    const { groups, days, note, totals } = await tenant.call<Simulation>("simulate_commitment", { ...input });
    expect(groups).toHaveLength(1);
    return { ...groups[0]!, days, note, totals };
  };
  const term = ({ terms }: Simulation["groups"][number], years: 1 | 3) =>
    terms.find((one) => one.years === years)!;

  test.each([30, 60, 90] as const)("reservations over %i days", async (days) => {
    const group = await simulate({ days });
    expect(group).toMatchObject({ days, note: null, machineCount: 3 });
    const unit = hourly / 2;
    for (const years of [1, 3] as const) {
      // The late machine's two units pay where it ran more of the hours than a reservation costs of the list price.
      const isLateReserved = lateShare[days] > reserved[years];
      const units = isLateReserved ? 6 : 4;
      const used = isLateReserved ? 4 + 2 * lateShare[days] : 4;
      const { best, cautious } = term(group, years);
      expect(best).toMatchObject({ units });
      expect(Number(best!.usedPercent)).toBeCloseTo((100 * used) / units, 1);
      const saved = (used * unit - units * unit * reserved[years]) * month;
      expect(Number(best!.monthlySavings.value)).toBeCloseTo(saved, 1);
      expect(Number(best!.monthlyPrice.value)).toBeCloseTo(units * unit * reserved[years] * month, 1);
      // The first four units are used always: what is bought with care is used whole.
      expect(cautious).toMatchObject({ units: Math.floor(units * 0.7), usedPercent: "100" });
    }
  });

  test.each([30, 60, 90] as const)("a savings plan over %i days", async (days) => {
    const group = await simulate({ kind: "savings_plan", days });
    expect(group).toMatchObject({ days, note: null, machineCount: 3 });
    for (const years of [1, 3] as const) {
      // What runs at plan rates: the two always, all three in the late machine's share of the hours.
      const rate = hourly * planned[years];
      const savedBy = (commitment: number) => {
        const displaced =
          Math.min(commitment, 2 * rate) * (1 - lateShare[days]) +
          Math.min(commitment, 3 * rate) * lateShare[days];
        return (displaced / planned[years] - commitment) * month;
      };
      const cents = Array.from({ length: Math.ceil(3 * rate * 100) + 1 }, (_, index) => index / 100);
      const expected = Math.max(...cents.map(savedBy));
      const { best } = term(group, years);
      expect(Number(best!.monthlySavings.value)).toBeCloseTo(expected, 1);
      const commitment = Number(best!.hourlyCommitment.value);
      expect(savedBy(commitment)).toBeCloseTo(expected, 1);
    }
  });
});
