import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { readTenant } from "../clouds/sandbox/tenant/read-tenant.ts";
import { connectSandboxTenant } from "../discovery/testing/scanned-tenant.ts";
import { atelier } from "./testing/by-hand/atelier.ts";
import { gridworks } from "./testing/by-hand/gridworks.ts";
import { nordwind } from "./testing/by-hand/nordwind.ts";
import { compareTruth } from "./testing/compare-truth.ts";
import { everyRecommendation } from "./testing/planted.ts";

describeOneEngine("server", "tenants written by hand", (engine) => {
  test.each([nordwind, gridworks, atelier])(
    "%o: what their writers call waste and nothing else, savings within 1 %",
    async (write) => {
      const estate = write();
      const directory = await mkdtemp(join(tmpdir(), "cloudoptima-by-hand-"));
      const file = join(directory, "tenant.json");
      await writeFile(file, JSON.stringify(estate.tenant));
      const tenant = await connectSandboxTenant(engine.database(), {
        seed: estate.tenant.name,
        resources: 60,
        days: 31,
        now: estate.now,
        tenant: await readTenant(file),
      });
      try {
        await tenant.scan();
        const waste = estate.waste.map(({ type, id, monthlySaving }) => ({
          type,
          resourceId: id,
          monthlySaving: String(monthlySaving),
        }));
        const { types, differences } = compareTruth(waste, await everyRecommendation(tenant));
        expect(differences).toEqual([]);
        expect(types.reduce((sum, { foundCount }) => sum + foundCount, 0)).toBe(waste.length);
        // Every trap is a resource of the file: a misspelled one would prove nothing.
        const ids = new Set(estate.tenant.resources.map(({ id }) => id));
        expect(estate.traps.filter(({ id }) => !ids.has(id))).toEqual([]);
      } finally {
        await tenant.close();
        await rm(directory, { recursive: true });
      }
    },
    120_000,
  );
});
