import { afterEach, expect, test } from "vitest";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** Costs and hours around a day on which clocks are changed, read on a machine of this time zone. */
async function readIn(timeZone: string, day: string) {
  process.env.TZ = timeZone;
  const middle = Temporal.PlainDate.from(day);
  const now = Temporal.Instant.from(`${middle.add({ days: 3 })}T09:30:00Z`);
  const { sandbox, cloud } = await openSandboxCloud({ resources: 60, days: 20, now });
  const from = middle.subtract({ days: 1 });
  const to = middle.add({ days: 2 });
  const machines = [];
  const costs = [];
  for await (const { items } of cloud.resources(sandbox.subscriptionIds, signal))
    machines.push(...items.filter(({ type }) => type === "microsoft.compute/virtualmachines"));
  for (const id of sandbox.subscriptionIds)
    costs.push(...(await collect(cloud.costs(id, from.toString(), to.toString(), signal))));
  const request = {
    resources: machines,
    metrics: [{ metric: "cpu_percent", aggregation: "average" } as const],
    from: Temporal.Instant.from(`${from}T00:00:00Z`),
    to: Temporal.Instant.from(`${to}T00:00:00Z`),
    intervalMinutes: 60 as const,
  };
  const points = await collect(cloud.metrics(request, signal));
  await sandbox.close();
  return { costs, points };
}

test.each([
  ["Europe/Berlin", "2026-10-25", "an hour twice"],
  ["America/New_York", "2026-03-08", "no hour at 2"],
  ["Pacific/Auckland", "2028-02-29", "a leap day, thirteen hours ahead"],
])("in %s on %s (%s) days and hours are those of UTC, each once", async (timeZone, day) => {
  const { costs, points } = await readIn(timeZone, day);
  const middle = Temporal.PlainDate.from(day);
  const days = [middle.subtract({ days: 1 }), middle, middle.add({ days: 1 })].map(String);
  expect([...new Set(costs.map((cost) => cost.day))].sort()).toEqual(days);
  const [first] = points;
  const hours = points
    .filter(({ resourceId }) => resourceId === first!.resourceId)
    .map(({ time }) => time.toISOString());
  const expected = days.flatMap((of) =>
    Array.from({ length: 24 }, (_, hour) => `${of}T${String(hour).padStart(2, "0")}:00:00.000Z`),
  );
  expect(hours.sort()).toEqual(expected);
  expect(await readIn("UTC", day)).toEqual({ costs, points });
});
