import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decimal } from "../../kernel/money.ts";
import { diskBlobId } from "../disk-blob-id.ts";
import { exportEstate } from "./export-estate.ts";
import { generateTenant } from "./generate/generate-tenant.ts";
import { schemaFiles } from "./schema-files.ts";
import { startSandbox } from "./start-sandbox.ts";
import { readTenant } from "./tenant/read-tenant.ts";
import type { TenantInput } from "./tenant/tenant-schema.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";
import { makeTruth } from "./truth.ts";
import { Truth, wasteTypes } from "./truth-schema.ts";

const now = Temporal.Instant.from("2026-11-23T15:00:00Z");
const size = { seed: "estates", resources: 300, days: 395, now };

describe("estates as files", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "cloudoptima-estate-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("exports the estate and its truth, and reads the estate back unchanged", async () => {
    const [tenantFile, truthFile] = await exportEstate({ ...size, directory });
    const tenant = await readTenant(tenantFile!);
    expect(tenant).toEqual(generateTenant(size).tenant);
    const truth = Truth.parse(JSON.parse(await readFile(truthFile!, "utf8")));
    expect(truth.totals.resourceCount).toBe(300);
    for (const waste of truth.waste) {
      const ends = decimal(waste.dailyEffectiveCost).minus(waste.dailyCostAfter ?? 0);
      const month = ends.times(365).dividedBy(12);
      expect(decimal(waste.monthlySaving).minus(month).abs().toNumber()).toBeLessThan(0.0001);
      expect(Number(waste.monthlySaving)).toBeGreaterThanOrEqual(0);
    }
    expect(truth.anomalies.map((anomaly) => anomaly.start)).toContain("2026-09-15");
  });

  it("plants each waste and trap once, of something that exists, whatever the seed and size", () => {
    const found = new Set<string>();
    for (const [index, resources] of [60, 90, 150, 260, 420, 900].entries()) {
      const options = { ...size, seed: `estate ${index}`, days: 60, resources };
      const { tenant, plants } = generateTenant(options);
      const truth = makeTruth(tenant, plants, now);
      const known = new Set([
        ...tenant.resources.map(({ id }) => id.toLowerCase()),
        ...tenant.blobs.map((blob) => diskBlobId(blob.accountId, blob.container, blob.name)),
      ]);
      const planted = [...truth.waste, ...truth.traps];
      const named = planted.filter(({ type }) => type !== "reserved_instance");
      expect(named.filter(({ resourceId }) => !known.has(resourceId))).toEqual([]);
      const keys = planted.map(({ type, resourceId }) => `${type} ${resourceId}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { type } of truth.waste) found.add(type);
    }
    expect([...found].sort()).toEqual([...wasteTypes].sort());
  });

  it("serves an estate that someone else wrote", async () => {
    const subscriptionId = "11111111-2222-4333-8444-555555555555";
    const disk = `/subscriptions/${subscriptionId}/resourceGroups/rg-a/providers/Microsoft.Compute/disks/d1`;
    const written: TenantInput = {
      version: 1,
      name: "Fabrikam",
      tenantId: "99999999-2222-4333-8444-555555555555",
      seed: "x",
      days: 30,
      subscriptions: [{ id: subscriptionId, name: "Fabrikam One" }],
      resources: [
        {
          id: disk,
          name: "d1",
          type: "Microsoft.Compute/disks",
          location: "westeurope",
          properties: { diskState: "Unattached" },
        },
      ],
      charges: [
        {
          id: "c1",
          subscriptionId,
          resourceId: disk,
          service: "Storage",
          amount: { kind: "series", from: "2026-11-20", amounts: ["1.1", "2.2", "3.3"] },
        },
      ],
    };
    const file = join(directory, "fabrikam.json");
    await writeFile(file, JSON.stringify(written));
    const sandbox = await startSandbox({
      ...size,
      tenant: await readTenant(file),
      now: () => now,
      quotas: "azure",
    });
    try {
      const clients = sandboxClients(sandbox);
      const page = await clients.graph.resources({ query: "Resources | project id, type" });
      expect(page.data).toEqual([{ id: disk, type: "microsoft.compute/disks" }]);
      const costs = await clients.costs.query.usage(`/subscriptions/${subscriptionId}`, {
        type: "AmortizedCost",
        timeframe: "Custom",
        timePeriod: { from: new Date("2026-11-01"), to: new Date("2026-11-30") },
        dataset: { granularity: "None", aggregation: { t: { name: "Cost", function: "Sum" } } },
      });
      expect(costs.rows).toEqual([[6.6, "USD"]]);
    } finally {
      await sandbox.close();
    }
  });

  it("says what is wrong in a tenant file", async () => {
    const file = join(directory, "wrong.json");
    await expect(readTenant(join(directory, "none.json"))).rejects.toMatchObject({ code: "not_found" });
    await writeFile(file, "{");
    await expect(readTenant(file)).rejects.toThrow(/is not JSON/);
    const { tenant } = generateTenant({ ...size, resources: 60 });
    await writeFile(file, JSON.stringify({ ...tenant, days: "many" }));
    await expect(readTenant(file)).rejects.toThrow(/wrong at days/);
    await writeFile(
      file,
      JSON.stringify({ ...tenant, resources: [...tenant.resources, tenant.resources[0]] }),
    );
    await expect(readTenant(file)).rejects.toThrow(/the id .* is in the file twice/);
  });

  it("makes exactly as many resources as asked, and refuses impossible sizes", () => {
    for (const resources of [60, 137, 300, 999]) {
      const { tenant } = generateTenant({ ...size, resources });
      expect(tenant.resources).toHaveLength(resources);
      expect(new Set(tenant.resources.map((resource) => resource.id.toLowerCase())).size).toBe(resources);
      expect(new Set(tenant.charges.map((charge) => charge.id)).size).toBe(tenant.charges.length);
    }
    expect(() => generateTenant({ ...size, resources: 5 })).toThrow(/estate of 5 resources/);
  });

  it("keeps its JSON Schemas up to date", async () => {
    for (const [name, text] of Object.entries(schemaFiles())) {
      const kept = JSON.parse(await readFile(join(import.meta.dirname, name), "utf8"));
      expect(kept, `${name}: run npm run sandbox -- schemas`).toEqual(JSON.parse(text));
    }
  });
});
