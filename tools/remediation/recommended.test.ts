import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import type { Actor } from "../kernel/actor.ts";
import type { RecommendationList } from "../recommendations/list-recommendations.tool.ts";
import type { RecommendationType } from "../recommendations/recommendation-types.ts";
import { type GateWorld, openGateWorld, scannedEstate } from "./testing/gate-world.ts";

/** What each type of recommendation can be carried out with, and what that leaves of the resource. */
const cases: {
  type: RecommendationType;
  /** Where a type has several. */
  action?: string;
  becomes: (after: LiveResource | null, target: string) => unknown;
}[] = [
  {
    type: "vm_rightsizing",
    becomes: (after, target) =>
      expect(after).toMatchObject({ status: "running", properties: { hardwareProfile: { vmSize: target } } }),
  },
  {
    type: "database_rightsizing",
    becomes: (after, target) =>
      expect(after).toMatchObject({ properties: { currentServiceObjectiveName: target } }),
  },
  {
    type: "storage_tier",
    action: "change_disk_kind",
    becomes: (after, target) =>
      expect(after).toMatchObject({ properties: { tier: target, sku: { name: "StandardSSD_LRS" } } }),
  },
  {
    type: "storage_tier",
    action: "change_access_tier",
    becomes: (after, target) => expect(after).toMatchObject({ properties: { accessTier: target } }),
  },
  {
    type: "serverless_candidate",
    becomes: (after, target) =>
      expect(after).toMatchObject({
        properties: { currentServiceObjectiveName: target, autoPauseDelay: 60, minCapacity: 0.5 },
      }),
  },
  // The schedule is a resource of its own, beside the machine: schedule-shutdown.test.ts.
  { type: "auto_shutdown", becomes: (after) => expect(after).toMatchObject({ status: "running" }) },
  {
    type: "hybrid_benefit",
    becomes: (after) =>
      expect(after).toMatchObject({ status: "running", properties: { licenseType: "Windows_Server" } }),
  },
  ...(["orphaned_nic", "idle_load_balancer", "empty_app_service_plan", "snapshot_cleanup"] as const).map(
    (type) => ({ type, becomes: (after: LiveResource | null) => expect(after).toBeNull() }),
  ),
];

const contoso = { seed: "contoso", resources: 200 };

// The roads are the same on both engines and run there in gate.test.ts: this is where each recommendation leads.
describeOneEngine(
  "server",
  { name: "carried out as it was recommended, and back", prepared: scannedEstate(contoso) },
  (engine) => {
    let world: GateWorld;
    let member: Actor;
    let admins: Actor[];
    beforeAll(async () => {
      world = await openGateWorld(engine.database(), contoso);
      await world.settings({ proposalsPerHour: 500 });
      member = await world.person("member");
      admins = [await world.person("admin"), await world.person("admin")];
    });
    afterAll(() => world.close());

    test.each(cases)("$type $action", async ({ type, action, becomes }) => {
      const { rows } = await world.tenant.call<RecommendationList>("list_recommendations", {
        type,
        limit: 50,
      });
      const [ours] = rows.filter(({ remediation: one }) => (action ? one === action : one !== null));
      const { remediation, resource, target, monthlySavings } = ours!;
      const ids = [resource.id];
      const before = await readAll(ids);

      const waiting = await world.propose(member, remediation!, ids);
      const { plan } = await world.show(waiting.id);
      expect(plan.items).toMatchObject([{ resourceId: resource.id, monthlySavings }]);
      await approveAndRun(waiting);
      becomes((await readAll(ids)).get(resource.id)!, target?.sku ?? "");
      const { rows: left } = await world.tenant.call<RecommendationList>("list_recommendations", {
        type,
        limit: 50,
      });
      expect(left.filter((one) => one.resource.id === resource.id)).toEqual([]);

      if (!plan.reversible) {
        expect(plan).toMatchObject({ risk: "high", requiredApprovers: 2, items: [{ undo: null }] });
        await expect(world.rollback(member, waiting.id)).rejects.toMatchObject({ code: "unsupported" });
        return;
      }
      await approveAndRun(await world.rollback(member, waiting.id));
      expect(await world.show(waiting.id)).toMatchObject({ status: "rolled_back" });
      expect(withoutEtags(await readAll(ids))).toEqual(withoutEtags(before));
    });

    // A plan of what can be saved at low risk must not turn grave when its proposals are made.
    test("each recommendation says the risk that the card of its proposal shows", async () => {
      const { rows } = await world.tenant.call<RecommendationList>("list_recommendations", { limit: 50 });
      const ours = rows.filter(({ remediation }) => remediation !== null);
      const shown = [];
      for (const { remediation, resource, type, risk } of ours) {
        const { id } = await world.propose(member, remediation!, [resource.id]);
        const { plan } = await world.show(id);
        shown.push({ type, name: resource.name, recommended: risk, frozen: plan.risk });
      }
      expect(shown.filter(({ recommended, frozen }) => recommended !== frozen)).toEqual([]);
      expect(new Set(shown.map(({ frozen }) => frozen))).toEqual(new Set(["low", "medium", "high"]));
      expect(new Set(shown.map(({ type }) => type)).size).toBeGreaterThan(5);
    });

    test("a serverless database pauses after the delay that its saving was reckoned with, or that was asked for", async () => {
      const { tenant } = world;
      await tenant.tools.invoke({
        actor: admins[0]!,
        name: "set_rule_threshold",
        input: { type: "serverless_candidate", name: "pauseDelayHours", value: 0.25 },
        source: "rest",
      });
      await tenant.scan();
      const { rows } = await tenant.call<RecommendationList>("list_recommendations", {
        type: "serverless_candidate",
      });
      const { resource, monthlySavings } = rows[0]!;
      const planned = async (input: Record<string, unknown>) => {
        const { id } = await world.propose(member, "make_database_serverless", [resource.id], input);
        return (await world.show(id)).plan.items[0]!;
      };
      expect(await planned({})).toMatchObject({
        parameters: { autoPauseDelayMinutes: 15 },
        effects: expect.arrayContaining([
          expect.stringMatching(/^After 15 minutes without anybody it pauses/),
        ]),
        monthlySavings,
      });
      // Nobody has reckoned what another delay saves.
      expect(await planned({ pauseAfterMinutes: 30 })).toMatchObject({
        parameters: { autoPauseDelayMinutes: 30 },
        monthlySavings: null,
      });
      await expect(planned({ pauseAfterMinutes: 10 })).rejects.toMatchObject({ code: "invalid_input" });
    });

    async function approveAndRun(waiting: { id: string; planHash: string }): Promise<void> {
      for (const admin of admins) {
        if ((await world.show(waiting.id)).status === "proposed") await world.decide(admin, waiting);
      }
      await world.worker().runDue();
      expect(await world.show(waiting.id)).toMatchObject({ status: "completed", statusReason: null });
    }

    async function readAll(ids: readonly string[]): Promise<Map<string, LiveResource | null>> {
      const cloud = await world.cloud();
      const found = await Promise.all(ids.map((id) => cloud.resource(id, AbortSignal.timeout(20_000))));
      return new Map(ids.map((id, index) => [id, found[index]!]));
    }
  },
);

const withoutEtags = (resources: ReadonlyMap<string, LiveResource | null>) =>
  [...resources.values()].map((resource) => resource && { ...resource, etag: null });
