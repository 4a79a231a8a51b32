import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WriteContext } from "../kernel/context.ts";
import { type ScanMode, scanInventory } from "./scan-inventory.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

/** When the process dies: just before the n-th thing that it keeps, or just after. */
interface Death {
  at: number;
  when: "before" | "after";
}

const killed = new Error("The process was killed.");

/** A context whose process dies at one of its writes: nothing is written after it, as after a kill -9. */
function mortal(ctx: WriteContext, death: Death): { ctx: WriteContext; lived: () => boolean } {
  let writes = 0;
  return {
    lived: () => writes < death.at,
    ctx: {
      ...ctx,
      async write(work) {
        writes++;
        if (writes > death.at || (writes === death.at && death.when === "before")) throw killed;
        const result = await ctx.write(work);
        if (writes === death.at) throw killed;
        return result;
      },
    },
  };
}

describeEachEngine("an inventory scan that is killed", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "killed scan", resources: 60, days: 2, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
  }, 60_000);
  afterAll(() => tenant?.close());

  let hour = 0;
  function passAnHour() {
    tenant.setNow(Temporal.Instant.from("2026-10-05T09:30:00Z").add({ hours: ++hour }).toString());
  }

  /** An organization of its own, whose connection has never been scanned. */
  async function freshOrganization() {
    const organization = await tenant.tools.createOrganization("Contoso");
    const ctx = tenant.tools.context(tenant.tools.actor(organization));
    const connectionId = await addSandboxConnection(ctx);
    return { ctx, connectionId };
  }

  async function scan(ctx: WriteContext, connectionId: string, mode: ScanMode) {
    const cloud = await ctx.cloud(connectionId);
    for (const subscriptionId of tenant.sandbox().subscriptionIds) {
      await scanInventory(ctx, cloud, { connectionId, subscriptionId, mode, onFound: () => undefined });
    }
  }

  /** All that scans keep, without ids of rows. */
  async function kept(ctx: WriteContext) {
    return ctx.read(async (transaction) => {
      const rows = async (query: ReturnType<typeof sql<{ row: string }>>) =>
        (await query.execute(transaction)).rows.map(({ row }) => row).sort();
      return {
        resources: await rows(
          sql`select resource_id || ' ' || tags::text || ' ' || (gone_at is null)::text as row from resources`,
        ),
        changes: await rows(
          sql`select resource_id || ' ' || kind || ' ' || coalesce(field, '') as row from resource_changes`,
        ),
        relationships: await rows(
          sql`select from_id || ' ' || kind || ' ' || to_id as row from resource_relationships`,
        ),
      };
    });
  }

  function changeEstate() {
    const { estate } = tenant.sandbox();
    // Disks that nothing uses: no other resource changes with them.
    const [first, second] = tenant.generated.tenant.resources.filter(
      ({ type, managedBy }) => type.toLowerCase() === "microsoft.compute/disks" && !managedBy,
    );
    estate.put({ ...first!, tags: { ...first!.tags, Owner: "somebody" } });
    estate.delete(second!.id);
    return () => {
      estate.put(first!);
      estate.put(second!);
    };
  }

  /** A scan, a change of the estate, and a second scan that dies as told and is run again; what is kept then. */
  async function scanAndDie(mode: ScanMode, death: Death) {
    const { ctx, connectionId } = await freshOrganization();
    passAnHour();
    await scan(ctx, connectionId, "full");
    const restore = changeEstate();
    passAnHour();
    const patient = mortal(ctx, death);
    await scan(patient.ctx, connectionId, mode).catch((error) => expect(error).toBe(killed));
    if (!patient.lived()) await scan(ctx, connectionId, mode);
    restore();
    return { lived: patient.lived(), kept: await kept(ctx) };
  }

  test.each<[string, ScanMode]>([
    ["listing everything", "full"],
    ["reading what changed", "incremental"],
  ])(
    "at any moment of %s doubles and loses nothing once it is run again",
    async (_, mode) => {
      const expected = await scanAndDie(mode, { at: Number.POSITIVE_INFINITY, when: "before" });
      expect(expected.lived).toBe(true);
      expect(expected.kept.resources).toHaveLength(60);
      const ofKind = (kind: string) => expected.kept.changes.filter((row) => row.includes(` ${kind} `));
      expect(["created", "updated", "gone"].map((kind) => ofKind(kind).length)).toEqual([60, 1, 1]);
      let deaths = 0;
      for (let at = 1; ; at++) {
        const before = await scanAndDie(mode, { at, when: "before" });
        if (before.lived) break;
        expect(before.kept, `before write ${at}`).toEqual(expected.kept);
        const after = await scanAndDie(mode, { at, when: "after" });
        expect(after.kept, `after write ${at}`).toEqual(expected.kept);
        deaths += 2;
      }
      expect(deaths).toBeGreaterThan(6);
    },
    60_000,
  );
});
