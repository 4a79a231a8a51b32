import { afterEach, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { Tenant } from "../tenant/tenant-schema.ts";
import { gateEstate } from "../testing/gate-estate.ts";

let sandbox: RunningSandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

const rhythm = { kind: "rhythm", daily: "100", weekday: [1, 1, 1, 1, 1, 1, 1], growthFrom: "2026-01-01" };

/** Starts a sandbox with one charge like this. */
async function start(charge: object) {
  const estate = gateEstate();
  const given = {
    id: "c1",
    subscriptionId: estate.subscriptions[0]!.id,
    resourceId: null,
    service: "Storage",
    ...charge,
  };
  sandbox = await startSandbox({
    tenant: Tenant.parse({ ...estate, charges: [given] }),
    seed: "",
    resources: 0,
    days: 0,
    now: () => Temporal.Instant.from("2026-10-14T09:30:00Z"),
    quotas: "raised",
  });
}

test.each<[string, object]>([
  ["growth", { amount: { ...rhythm, monthlyGrowthPercent: 1e300 } }],
  ["growth over a long time", { amount: { ...rhythm, monthlyGrowthPercent: 50, growthFrom: "2000-01-01" } }],
  [
    "shrinking towards a far day",
    { amount: { ...rhythm, monthlyGrowthPercent: -50, growthFrom: "2040-01-01" } },
  ],
  ["a weekday", { amount: { ...rhythm, weekday: [1, 1, 1, 1, 1, 1, 1e308] } }],
  ["the month's end", { amount: { ...rhythm, monthEndFactor: 1e12 } }],
  [
    "an event",
    {
      amount: { kind: "fixed", daily: "1.5" },
      events: [{ from: "2026-10-01", to: "2026-10-02", factor: 1e300 }],
    },
  ],
  [
    "events together",
    {
      amount: { kind: "monthly", dayOfMonth: 3, amount: "-900000000" },
      events: [3, 4].map((factor) => ({ from: "2026-10-01", to: "2026-10-09", factor })),
    },
  ],
])("a charge that %s makes too large to add up is refused", async (_, charge) => {
  await expect(start(charge)).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(
      /wrong at charges\.0 \(c1\)\.amount: it may come to more than 9,000,000,000/,
    ),
    hint: expect.stringContaining("growth"),
  });
});

test("large ones that add up are served", async () => {
  // Hundreds of days, one after another.
  const days = Array.from({ length: 300 }, (_, day) =>
    Temporal.PlainDate.from("2025-12-01").add({ days: day }).toString(),
  );
  const events = days.slice(1).map((to, index) => ({ from: days[index], to, factor: 3 }));
  await start({ amount: rhythm, events });
  await sandbox!.close();
  await start({ amount: { ...rhythm, daily: "999999999.999999", monthlyGrowthPercent: 10 } });
  await sandbox!.close();
  await start({
    amount: { kind: "series", from: "2026-10-01", amounts: ["999999999.999999"] },
    events: [{ from: "2026-10-01", to: "2026-10-09", factor: 9 }],
  });
});
