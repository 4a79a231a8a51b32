import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSandboxTenant, type ScannedTenant } from "../../discovery/testing/scanned-tenant.ts";
import { decimal } from "../../kernel/money.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import { importSample, samplePath } from "../testing/focus-sample.ts";
import { ask } from "../testing/load-rows.ts";
import type { Reconciliation } from "./reconcile-shapes.ts";

describeEachEngine("reconcile_costs of a live connection", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "reconcile", resources: 60, days: 40, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
    await tenant.scan();
  }, 60_000);
  afterAll(() => tenant?.close());
  const reconcile = (input: Record<string, unknown>) => tenant.call<Reconciliation>("reconcile_costs", input);
  const september = { period: { start: "2026-09-01", end: "2026-10-01" } };

  test("ties out to the cent with what the provider says, per day and service", async () => {
    const { verdict, connections } = await reconcile(september);
    expect(verdict).toBe("to_the_cent");
    const [connection] = connections;
    expect(connection).toMatchObject({ comparedWith: "provider_now", notes: [], differingDayCount: 0 });
    expect(connection!.days).toHaveLength(30);
    expect(connection!.services.length).toBeGreaterThan(3);
    expect(connection!.totals.map(({ costKind }) => costKind)).toEqual(["billed", "effective"]);
    const said = tenant.truth.totals.months.find(({ month }) => month === "2026-09")!;
    expect(connection!.totals[1]!.provider.value).toBe(decimal(said.amortized).toFixed());
  });

  test("compares complete days alone, and says which were not stored yet", async () => {
    const { connections, period } = await reconcile({ period: { start: "2026-10-01", end: "2026-11-01" } });
    expect(period).toEqual({ start: "2026-10-01", end: "2026-10-05" });
    expect(connections[0]).toMatchObject({ verdict: "to_the_cent", notes: [] });
    tenant.setNow("2026-10-06T09:30:00Z");
    const later = await reconcile({ period: { start: "2026-10-01", end: "2026-11-01" } });
    tenant.setNow("2026-10-05T09:30:00Z");
    expect(later.connections[0]).toMatchObject({
      period: { start: "2026-10-01", end: "2026-10-05" },
      notes: [expect.stringContaining("2026-10-04")],
    });
  });

  test("finds a late correction on its days and services; the next scan replaces what it corrected", async () => {
    const corrected = structuredClone(tenant.generated.tenant);
    const charge = corrected.charges.find(({ amount }) => amount.kind === "fixed")!;
    if (charge.amount.kind !== "fixed") throw new Error("It was chosen as fixed.");
    const daily = decimal(charge.amount.daily);
    charge.amount = { ...charge.amount, daily: daily.plus(10).toFixed() };
    await tenant.serve(corrected);
    const before = await reconcile({ period: { start: "2026-10-04", end: "2026-10-05" } });
    expect(before.verdict).not.toBe("to_the_cent");
    expect(before.connections[0]!.days[0]!.difference.value).toBe("-10");
    expect(before.connections[0]!.differingServiceCount).toBe(1);
    await tenant.scan();
    const after = await reconcile({ period: { start: "2026-10-04", end: "2026-10-05" } });
    expect(after.verdict).toBe("to_the_cent");
    const storedOf = ({ connections }: Reconciliation) => connections[0]!.totals[0]!.stored.value;
    expect(decimal(storedOf(after)).minus(storedOf(before)).toFixed()).toBe("10");
    await tenant.serve(tenant.generated.tenant);
    await tenant.scan();
    expect(storedOf(await reconcile({ period: { start: "2026-10-04", end: "2026-10-05" } }))).toBe(
      storedOf(before),
    );
  }, 60_000);

  test("a subscription that cannot be asked leaves no verdict, and is named", async () => {
    const [broken] = tenant.sandbox().subscriptionIds;
    const path = `${broken}/providers/microsoft.costmanagement`;
    tenant.sandbox().faults.add({ path, kind: "error", status: 501, times: 100 });
    const { verdict, connections } = await reconcile(september);
    tenant.sandbox().faults.clear();
    expect(verdict).toBe("unknown");
    expect(connections[0]!.notes).toEqual([expect.stringMatching(/could not be asked/)]);
    expect(connections[0]!.totals[0]).toMatchObject({ verdict: "to_the_cent" });
  });

  test("asks no more of Cost Management than its quotas bear", async () => {
    await expect(reconcile({ period: { start: "2026-01-01", end: "2026-10-01" } })).rejects.toMatchObject({
      code: "invalid_input",
      hint: expect.stringMatching(/month/),
    });
  });
});

describeEachEngine("reconcile_costs of imported files", (engine) => {
  const period = { start: "2024-09-01", end: "2024-10-01" };

  test("compares rows and amounts with what the file said, until someone changes what is stored", async () => {
    const tools = createTestTools({ database: engine.database(), now: "2026-10-14T09:00:00Z" });
    const organization = await tools.createOrganization();
    await importSample(tools, organization);
    const tied = await ask<Reconciliation>(tools, organization, "reconcile_costs", { period });
    expect(tied.connections).toMatchObject([
      { comparedWith: "files_as_read", verdict: "to_the_cent", differingDayCount: 0, notes: [] },
    ]);
    const { rows } = tied.connections[0]!;
    expect(rows!.stored).toBe(rows!.source);
    expect(rows!.source).toBeGreaterThan(500);

    const day = tied.connections[0]!.days[0]!.day;
    const { pool } = engine.database();
    await pool.query(
      `update store.daily_cost_summary set billed_cost = billed_cost + 1 where ctid = (select ctid
        from store.daily_cost_summary where organization_id = $1 and day = $2 limit 1)`,
      [organization.id, day],
    );
    const changed = await ask<Reconciliation>(tools, organization, "reconcile_costs", { period });
    expect(changed.connections[0]!.totals.find(({ costKind }) => costKind === "billed")).toMatchObject({
      difference: { value: "1" },
    });
    expect(changed.connections[0]!.days.filter(({ verdict }) => verdict !== "to_the_cent")).toMatchObject([
      { day },
    ]);
    // Costs that were loaded before totals were kept: nothing is claimed of them.
    await tools.context(tools.actor(organization)).write(async (transaction) => {
      await transaction.deleteFrom("cost_source_totals").execute();
    });
    const old = await ask<Reconciliation>(tools, organization, "reconcile_costs", { period });
    expect(old.connections[0]).toMatchObject({ verdict: "unknown", totals: [] });
    expect(old.connections[0]!.notes[0]).toContain(samplePath.split("/").at(-1)!);
  });
});
