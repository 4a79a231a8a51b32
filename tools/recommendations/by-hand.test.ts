import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { readTenant } from "../clouds/sandbox/tenant/read-tenant.ts";
import { connectSandboxTenant } from "../discovery/testing/scanned-tenant.ts";
import { nordwind } from "./testing/by-hand/nordwind.ts";
import { everyRecommendation } from "./testing/planted.ts";

describeOneEngine("server", "tenants written by hand", (engine) => {
  test.each([nordwind])(
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
        const rows = await everyRecommendation(tenant);
        const key = ({ type, id }: { type: string; id: string }) => `${type} ${id.toLowerCase()}`;
        const found = new Map(rows.map((row) => [key({ type: row.type, id: row.resource.id }), row]));
        expect([...found.keys()].sort()).toEqual(estate.waste.map(key).sort());
        const off = estate.waste.flatMap((waste) => {
          const ours = Number(found.get(key(waste))!.monthlySavings?.value ?? Number.NaN);
          const isClose = Math.abs(ours - waste.monthlySaving) <= 0.01 * waste.monthlySaving;
          return isClose ? [] : [{ key: key(waste), ours, truth: waste.monthlySaving }];
        });
        expect(off).toEqual([]);
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
