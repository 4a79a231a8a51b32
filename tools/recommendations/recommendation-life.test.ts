import { beginAnalysis } from "@cloudoptima/db/queries/analyses.ts";
import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { keepRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { upsertResources } from "@cloudoptima/db/queries/resources.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { addPlainResource, type PlainResource } from "../discovery/testing/plain-resource.ts";
import type { Role } from "../kernel/permissions.ts";
import { thisProcess } from "../kernel/running-process.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { AnalysisStatus } from "./analysis-output.ts";
import type { RecommendationList } from "./list-recommendations.tool.ts";
import type { RuleThresholds } from "./rule-thresholds.ts";
import { runAnalysis } from "./run-analysis.ts";
import type { Suppression } from "./suppression.ts";

interface Suppressed {
  suppression: Suppression;
  suppressedCount: number;
}
interface WithHistory {
  status: string;
  changes: { at: string; from: string | null; to: string; by: string | null; reason: string | null }[];
}

const now = "2026-10-05T09:30:00Z";

describeEachEngine("the life of recommendations", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let resource: PlainResource;

  // It moves, as the real one does: what comes later is later.
  let passedMs = 0;
  const realNow = () => new Date(Date.parse(now) + passedMs++);

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now, realNow });
    organization = await tools.createOrganization("Contoso");
    resource = await addPlainResource(tools, organization, new Date(now));
  });

  const call = async <Output = unknown>(
    name: string,
    input: Record<string, unknown> = {},
    role: Role = "admin",
  ): Promise<Output> =>
    (await tools.invoke({ actor: tools.actor(organization, role), name, input, source: "rest" }))
      .output as Output;
  const listDisks = () =>
    call<RecommendationList>("list_recommendations", { type: "unattached_disk", limit: 50 });
  const suppress = (input: Record<string, unknown>, role?: Role) =>
    call<Suppressed>("suppress_recommendations", input, role);
  const analyze = (id = crypto.randomUUID(), isMeasured = false) => {
    const ctx = tools.context(tools.actor(organization));
    return runAnalysis(ctx, {
      id,
      cause: "request",
      subscriptionIds: new Set(["sub-1"]),
      measured: () => isMeasured,
    });
  };
  /** An unattached disk of the same subscription: one rule finds it without any metric. */
  const addDisk = (name: string, tags: Record<string, string> = {}, group = "rg-web") =>
    tools.context(tools.actor(organization)).write(async (transaction) => {
      const [connection] = await listConnections(transaction);
      const disk = {
        id: `/subscriptions/sub-1/resourcegroups/${group}/providers/microsoft.compute/disks/${name}`,
        provider: "azure",
        type: "microsoft.compute/disks",
        name,
        subscriptionId: "sub-1",
        resourceGroup: group,
        region: "westeurope",
        tags,
        properties: { diskState: "Unattached", lastOwnershipUpdateTime: "2026-01-01T00:00:00Z" },
        status: "unattached",
      };
      const scan = { organizationId: organization.id, connectionId: connection!.id, seenAt: new Date(now) };
      await upsertResources(transaction, scan, [disk], () => crypto.randomUUID());
    });
  const openDisks = async () => {
    const { rows } = await listDisks();
    return rows.map(({ resource }) => resource.name).sort();
  };

  test("an analysis says what is new, a second one changes nothing, and a fixed one ends", async () => {
    await addDisk("disk-a");
    await addDisk("disk-b");
    const id = crypto.randomUUID();
    expect(await analyze(id)).toMatchObject({
      fixedCount: 0,
      newIds: [expect.anything(), expect.anything()],
    });
    expect(await call("get_analysis", { id })).toMatchObject({
      status: "done",
      percent: 100,
      summary: "2 new, 0 fixed, 3 open",
      byType: [{ type: "unattached_disk", newCount: 2, fixedCount: 0 }],
    });
    const [first] = (await listDisks()).rows;
    expect(await analyze()).toMatchObject({ newIds: [], fixedCount: 0, openCount: 3 });
    const again = (await listDisks()).rows;
    expect(again.find(({ id }) => id === first!.id)).toMatchObject({ since: first!.since });

    await tools.context(tools.actor(organization)).write((transaction) =>
      sql`update resources set properties = '{"diskState":"Attached","managedBy":"x"}', status = 'attached'
        where name = ${first!.resource.name}`.execute(transaction),
    );
    expect(await analyze()).toMatchObject({ newIds: [], fixedCount: 1, openCount: 2 });
    const ended = await call<WithHistory>("get_recommendation", { id: first!.id });
    expect(ended.status).toBe("expired");
    expect(ended.changes).toEqual([
      { at: new Date(now).toISOString(), from: null, to: "open", by: null, reason: null },
      {
        at: new Date(now).toISOString(),
        from: "open",
        to: "expired",
        by: null,
        reason: "The waste is gone.",
      },
    ]);
    const { analyses } = await call<{ analyses: AnalysisStatus[] }>("list_analyses");
    expect(analyses).toHaveLength(3);
    expect(analyses[0]!.summary).toBe("0 new, 1 fixed, 2 open");
  });

  test("two analyses at once leave one open recommendation of each resource and type", async () => {
    for (let index = 0; index < 20; index++) await addDisk(`disk-${index}`);
    const both = await Promise.all([analyze(), analyze(), analyze()]);
    expect(both.reduce((sum, one) => sum + one.newIds.length, 0)).toBe(20);
    expect(await openDisks()).toHaveLength(20);
  });

  test("of two analyses that are asked for at once one runs, and both callers are told which", async () => {
    await addDisk("disk-a");
    const ask = () => call<{ analysisId: string; started: boolean }>("start_analysis");
    const both = await Promise.all([ask(), ask()]);
    expect(new Set(both.map(({ analysisId }) => analysisId)).size).toBe(1);
    expect(both.filter(({ started }) => started)).toHaveLength(1);
    const id = both[0]!.analysisId;
    const status = () => call<AnalysisStatus>("get_analysis", { id });
    await expect.poll(async () => (await status()).status).toBe("done");
    expect((await ask()).analysisId).not.toBe(id);
  });

  test("an analysis whose process is known to have ended is told as interrupted at once, and another starts", async () => {
    await addDisk("disk-a");
    const ctx = tools.context(tools.actor(organization));
    const id = crypto.randomUUID();
    const begun = {
      id,
      organizationId: organization.id,
      cause: "request",
      at: ctx.realNow(),
      total: 1,
    } as const;
    const runner = { ...thisProcess, instance: "the one before" };
    await ctx.write((transaction) => beginAnalysis(transaction, { ...begun, runner }));
    expect(await call("get_analysis", { id })).toMatchObject({ status: "interrupted", endedAt: null });
    const { analysisId, started } = await call<{ analysisId: string; started: boolean }>("start_analysis");
    expect([analysisId === id, started]).toEqual([false, true]);
    const status = () => call<AnalysisStatus>("get_analysis", { id: analysisId });
    await expect.poll(async () => (await status()).status).toBe("done");
  });

  test("a reservation ends once no machine is left for it, not while one's group is unknown", async () => {
    const ctx = tools.context(tools.actor(organization));
    const gone = {
      id: crypto.randomUUID(),
      resourceId: "/subscriptions/sub-1/providers/microsoft.capacity/reservations/northeurope-ds-series",
      type: "reserved_instance",
      title: "Reserve",
      description: "Reserve it.",
      impact: "low",
      effort: "easy",
      risk: "low",
      monthlySavings: "10",
      annualSavings: "120",
      currency: "USD",
      confidence: "0.9",
      evidence: [],
      metadata: {},
    } as const;
    const elsewhere = {
      ...gone,
      id: crypto.randomUUID(),
      resourceId: gone.resourceId.replace("sub-1", "sub-2"),
    };
    await ctx.write((transaction) =>
      keepRecommendations(transaction, organization.id, new Date(now), [
        { ...gone, evidence: [] },
        { ...elsewhere, evidence: [] },
      ]),
    );
    const statuses = async () => {
      await analyze(crypto.randomUUID(), true);
      const of = async (id: string) => (await call<WithHistory>("get_recommendation", { id })).status;
      return [await of(gone.id), await of(elsewhere.id)];
    };
    // No list of sizes was read, so nobody knows what group the machine belongs to.
    expect(await statuses()).toEqual(["open", "open"]);
    await ctx.write((transaction) =>
      sql`update resources set gone_at = ${now}::timestamptz where resource_id = ${resource.id}`.execute(
        transaction,
      ),
    );
    expect(await statuses()).toEqual(["expired", "open"]);
  });

  test("who changed a status, and why, is kept and cannot be rewritten", async () => {
    const id = resource.recommendationId;
    await call("update_recommendation", { id, status: "in_progress", reason: "Ticket 7" }, "member");
    const { changes } = await call<WithHistory>("get_recommendation", { id });
    expect(changes.at(-1)).toMatchObject({ from: "open", to: "in_progress", reason: "Ticket 7" });
    const { rows } = await tools.context(tools.actor(organization)).read((transaction) =>
      sql<{
        by: string;
      }>`select changed_by as by from recommendation_changes where recommendation_id = ${id}::uuid
        order by id desc limit 1`.execute(transaction),
    );
    expect(rows).toEqual([{ by: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  test("what is suppressed goes off the list at once and comes back when it is lifted", async () => {
    await addDisk("disk-a");
    await addDisk("disk-b", { Audit: "Yes" });
    await analyze();
    const byTag = await suppress({ tagKey: "audit", reason: "Audit needs them" }, "member");
    expect(byTag.suppressedCount).toBe(1);
    expect(await openDisks()).toEqual(["disk-a"]);
    await analyze();
    expect(await openDisks()).toEqual(["disk-a"]);

    const scope = "/subscriptions/sub-1/resourceGroups/RG-Web";
    const byGroup = await suppress({
      scope,
      type: "unattached_disk",
      reason: "Moving",
    });
    expect(byGroup.suppressedCount).toBe(1);
    expect(await call("list_suppressions", {}, "viewer")).toMatchObject({
      suppressions: [
        { tagKey: "audit", reason: "Audit needs them", expiresAt: null },
        { scope: scope.toLowerCase(), type: "unattached_disk" },
      ],
    });
    for (const { suppression } of [byTag, byGroup]) await call("lift_suppression", { id: suppression.id });
    await analyze();
    expect(await openDisks()).toEqual(["disk-a", "disk-b"]);
  });

  test("a suppression of what nobody ever saw is refused: a misspelt id would never hold for anything", async () => {
    await addDisk("disk-a");
    const disk = "/subscriptions/sub-1/resourceGroups/rg-web/providers/Microsoft.Compute/disks/disk-a";
    for (const unknown of [
      { resourceId: `${disk}a` },
      { scope: "/subscriptions/sub-1/resourceGroups/rg-we" },
      { scope: "/subscriptions/sub-2" },
      { resourceId: disk, scope: "/subscriptions/sub-2" },
    ]) {
      await expect(suppress({ ...unknown, reason: "Misspelt" })).rejects.toMatchObject({ code: "not_found" });
    }
    await suppress({ resourceId: disk, scope: "/subscriptions/sub-1/", reason: "Kept on purpose" });
  });

  test("a suppression that is over holds no more, and one of a group's name prefix is another group", async () => {
    await addDisk("disk-a");
    await addDisk("disk-elsewhere", {}, "rg-we");
    const soon = new Date(Date.parse(now) + 60_000).toISOString();
    await suppress({ type: "unattached_disk", reason: "For now", expiresAt: soon });
    await suppress({
      scope: "/subscriptions/sub-1/resourceGroups/rg-we",
      reason: "Other",
    });
    await analyze();
    expect(await openDisks()).toEqual([]);
    const later = createTestTools({
      database: engine.database(),
      now,
      realNow: () => new Date(Date.parse(now) + 61_000),
    });
    const ctx = later.context(later.actor(organization));
    const subscriptionIds = new Set(["sub-1"]);
    await runAnalysis(ctx, {
      id: crypto.randomUUID(),
      cause: "scan",
      subscriptionIds,
      measured: () => false,
    });
    expect(await openDisks()).toEqual(["disk-a"]);
  });

  test.each([
    [{ reason: "Everything" }],
    [{ tagValue: "yes", reason: "No key" }],
    [{ type: "unattached_disk", reason: "Over", expiresAt: "2026-10-05T09:29:59Z" }],
    [{ scope: "/subscriptions", reason: "Too wide" }],
    [{ type: "unattached_disk", reason: "" }],
  ])("%j is refused", async (input) => {
    await expect(suppress(input)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("thresholds of the organization's own hold from the next analysis on, within their limits", async () => {
    await addDisk("disk-a");
    const { rules } = await call<RuleThresholds>("list_rule_thresholds", {}, "viewer");
    expect(rules.find(({ type }) => type === "unattached_disk")?.thresholds).toMatchObject([
      { name: "detachedDays", value: 7, default: 7 },
    ]);
    const set = (value: number | null) =>
      tools.invoke({
        actor: { ...tools.actor(organization, "admin"), via: "session" },
        name: "set_rule_threshold",
        input: { type: "unattached_disk", name: "detachedDays", value },
        source: "rest",
      });
    await set(365);
    await analyze();
    expect(await openDisks()).toEqual([]);
    await expect(set(366)).rejects.toMatchObject({ code: "invalid_input" });
    await set(null);
    await analyze();
    expect(await openDisks()).toEqual(["disk-a"]);
  });
});
