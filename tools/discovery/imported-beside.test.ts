import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFocusFile } from "../costs/import/import-focus-file.ts";
import { visibleTotals } from "../costs/load/testing.ts";
import { readLeftRows } from "../costs/load/testing-states.ts";
import { scanCostMonths } from "./scan-costs.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";
import { loadConnectionCosts } from "./testing/load-connection-costs.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const columns =
  "BilledCost,EffectiveCost,ContractedCost,ListCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,ServiceName,SubAccountId,SubAccountName";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "co-beside-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeEachEngine("costs that a connection reads and a file brings too", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "imported beside", resources: 50, days: 40, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
  }, 60_000);
  afterAll(() => tenant?.close());

  /** An organization of its own, with a connection to the sandbox and one for files. */
  async function fresh() {
    const organization = await tenant.tools.createOrganization("Contoso");
    const ctx = tenant.tools.context(tenant.tools.actor(organization));
    const filesId = ctx.newId();
    await ctx.write((transaction) =>
      addConnection(transaction, {
        id: filesId,
        organizationId: organization.id,
        name: "Files",
        kind: "focus",
        provider: "azure",
        settings: {},
      }),
    );
    const sandboxId = await addSandboxConnection(ctx);
    return {
      total: async () => (await visibleTotals(ctx)).cost_data,
      left: () => readLeftRows(ctx),
      read: () => loadConnectionCosts(ctx, sandboxId),
      load: async (id: string, start: string, end: string) => {
        const month = { start, end, to: end < "2026-10-05" ? end : "2026-10-05", knownRowCount: 0 };
        return scanCostMonths(ctx, await ctx.cloud(sandboxId), sandboxId, { id, name: "Web" }, [month]);
      },
      /** September of one subscription, as its billing account's file has it. */
      async import(subscriptionId: string) {
        const path = join(folder, `${engine.name}-${subscriptionId}.csv`);
        const days = "2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,2026-09-03T00:00:00Z,2026-09-04T00:00:00Z";
        const row = `100,100,100,100,acc-1,USD,${days},Usage,Microsoft,Storage,/subscriptions/${subscriptionId},Web`;
        await writeFile(path, `${columns}\n${row}\n`);
        return importFocusFile(ctx, { path, connectionId: async () => filesId });
      },
    };
  }
  const subscription = () => tenant.sandbox().subscriptionIds[0]!;

  test("are refused from the file, not counted twice; those of another subscription are taken", async () => {
    const { total, left, read, ...organization } = await fresh();
    await read();
    const before = await total();
    await expect(organization.import(subscription().toUpperCase())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(
        /subscription Web in the billing period from 2026-09-01 are already loaded from Azure Cost Management/,
      ),
    });
    expect(await total()).toEqual(before);
    expect(await left()).toEqual({});
    await organization.import("99999999-0000-4000-8000-000000000001");
    expect(await total()).not.toEqual(before);
  }, 120_000);

  test("are left as imported by the connection, which asks the cloud for nothing of that month", async () => {
    const { total, load, ...organization } = await fresh();
    await organization.import(subscription());
    const asked = () => tenant.sandbox().stats().requestCount;
    const before = asked();
    await expect(load(subscription(), "2026-09-01", "2026-10-01")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/subscription Web .* from 2026-09-01 are already loaded from .*\.csv/),
    });
    expect(asked()).toBe(before);
    expect(await total()).toMatchObject([{ billed: "100" }]);
    expect((await load(subscription(), "2026-10-01", "2026-11-01")).rowCount).toBeGreaterThan(0);
    expect(await total()).not.toMatchObject([{ billed: "100" }]);
  }, 120_000);
});
