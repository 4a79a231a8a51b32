import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { openGateWorld, scannedEstate } from "../remediation/testing/gate-world.ts";
import type countInventory from "./count-inventory.operation.ts";
import type getResourceFindings from "./get-resource-findings.operation.ts";
import type listInventory from "./list-inventory.operation.ts";
import type { ScannedTenant } from "./testing/scanned-tenant.ts";

type Page = z.output<(typeof listInventory)["output"]>;
type Counts = z.output<(typeof countInventory)["output"]>;
type Findings = z.output<(typeof getResourceFindings)["output"]>;

describeEachEngine({ name: "the inventory, browsed", prepared: scannedEstate() }, (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    ({ tenant } = await openGateWorld(engine.database()));
  });
  afterAll(() => tenant?.close());

  const page = (input: object = {}) => tenant.call<Page>("list_inventory", { limit: 200, ...input });
  const counts = (input: object = {}) => tenant.call<Counts>("count_inventory", { ...input });
  const planted = () => tenant.generated.tenant.resources;
  const total = (choices: readonly { count: number }[]) => choices.reduce((sum, { count }) => sum + count, 0);

  test("counts agree with the pages, and each choice is counted without itself", async () => {
    const all = await counts();
    const [first, second] = all.types;
    expect(total(all.types)).toBe(planted().length);
    expect(total(all.subscriptions)).toBe(planted().length);
    expect(all.existence.presentCount).toBe(planted().length);

    const narrowed = await counts({ type: first!.id });
    expect(narrowed.types).toEqual(all.types);
    expect(total(narrowed.subscriptions)).toBe(first!.count);
    for (const { id, count } of [first!, second!]) {
      expect(await page({ type: id, limit: 1 })).toMatchObject({ totalCount: count });
    }
    for (const { id, count } of narrowed.subscriptions) {
      const found = await page({ type: first!.id, subscriptionId: id });
      expect(found.totalCount).toBe(count);
      expect(found.rows.every(({ subscriptionId }) => subscriptionId === id)).toBe(true);
    }
    for (const { id, count } of narrowed.regions) {
      expect(await page({ type: first!.id, region: id, limit: 1 })).toMatchObject({ totalCount: count });
    }
    for (const { id, count } of narrowed.statuses) {
      expect(await page({ type: first!.id, status: id, limit: 1 })).toMatchObject({ totalCount: count });
    }
  });

  test("what all matches cost is the sum over the pages, of the last 30 days with data", async () => {
    const { totalCost, period } = await counts({ type: "microsoft.compute/disks" });
    const { rows, ...found } = await page({ type: "microsoft.compute/disks" });
    expect(found.period).toEqual(period);
    expect(Temporal.PlainDate.from(period.start).until(period.end).days).toBe(30);
    expect(period.end).toBe(Temporal.PlainDate.from(found.freshness.dataUntil!).add({ days: 1 }).toString());
    const summed = rows.reduce((sum, { cost }) => sum + Number(cost[0]?.value ?? 0), 0);
    expect(summed).toBeGreaterThan(0);
    expect(Number(totalCost[0]!.value)).toBeCloseTo(summed, 4);
    expect(rows.map(({ name }) => name)).not.toEqual(rows.map(({ name }) => name).toSorted());
    const byName = (await page({ type: "microsoft.compute/disks", sort: "name" })).rows;
    expect(byName.map(({ name }) => name.toLowerCase())).toEqual(
      byName.map(({ name }) => name.toLowerCase()).toSorted(),
    );
  });

  test("a tag that is spelled in several ways is counted once for each resource", async () => {
    const [twice, once] = planted().filter(({ tags }) => tags.Team);
    const { tenant: ours } = tenant.generated;
    const before = (await counts()).tagKeys.find(({ id }) => id === "Team")!.count;
    expect(before).toBe(ours.resources.filter(({ tags }) => tags.Team).length);
    const rename = (id: string, tags: object) =>
      engine
        .database()
        .pool.query("update resources set tags = $2 where resource_id = $1", [id.toLowerCase(), tags]);
    await rename(twice!.id, { ...twice!.tags, team: "other", TEAM: "third" });
    await rename(once!.id, { TEAM: "only" });
    const { tagKeys } = await counts();
    await rename(twice!.id, twice!.tags);
    await rename(once!.id, once!.tags);
    expect(tagKeys.filter(({ id }) => id.toLowerCase() === "team").map(({ count }) => count)).toEqual([
      before,
    ]);
  });

  test("tags: how many carry each, each value, and who lacks it", async () => {
    const having = planted().filter(({ tags }) => tags.Team);
    const tagged = await counts({ tagKey: "team" });
    expect(tagged.tagKeys.find(({ id }) => id === "Team")?.count).toBe(having.length);
    expect(total(tagged.tagValues)).toBe(having.length);
    expect(tagged.untaggedCount).toBe(planted().length - having.length);
    const [value] = tagged.tagValues;
    expect(await page({ tagKey: "Team", tagValue: value!.id })).toMatchObject({ totalCount: value!.count });
    expect(await page({ missingTag: "Team", limit: 1 })).toMatchObject({
      totalCount: tagged.untaggedCount,
    });
    expect((await counts()).untaggedCount).toBeNull();
  });

  test("what is gone is apart from what is there", async () => {
    const [lost] = (await page({ type: "microsoft.network/publicipaddresses", limit: 1 })).rows;
    const there = planted().length;
    // What only the bill names was gone before the first scan.
    const { goneCount } = (await counts()).existence;
    await tenant.tools.context(tenant.actor).write(async (transaction) => {
      await sql`update resources set gone_at = last_seen where resource_id = ${lost!.id}`.execute(
        transaction,
      );
    });
    expect((await counts()).existence).toEqual({ presentCount: there - 1, goneCount: goneCount + 1 });
    const gone = await page({ existence: "gone" });
    expect(gone.totalCount).toBe(goneCount + 1);
    expect(gone.rows.map(({ id }) => id)).toContain(lost!.id);
    expect(gone.rows.every(({ goneAt }) => goneAt !== null)).toBe(true);
    expect((await page({ limit: 1 })).totalCount).toBe(there - 1);
    expect((await page({ existence: "all", limit: 1 })).totalCount).toBe(there + goneCount);
  });

  test("what was found about a resource: recommendations, checks, policies, and what keeps them off", async () => {
    const waste = tenant.truth.waste.find(({ type }) => type === "unattached_disk")!;
    const id = waste.resourceId.toLowerCase();
    const find = () => tenant.call<Findings>("get_resource_findings", { id: waste.resourceId });
    const open = await find();
    expect(open.recommendations.map(({ status }) => status)).toEqual(["open"]);
    expect(open.violations).toEqual([]);
    expect(open.suppressions).toEqual([]);
    for (const { checkId, result } of open.checks) {
      const { failing, unknown } = await tenant.call<{
        failing: { id: string }[];
        unknown: { id: string }[];
      }>("explain_check", { checkId, limit: 100 });
      const of = result === "fail" ? failing : unknown;
      expect(of.map((resource) => resource.id)).toContain(id);
    }

    const group = id.split("/providers/")[0]!;
    const another = planted().find((resource) => resource.id.toLowerCase() !== id)!;
    const quiet = { scope: group, type: "unattached_disk", reason: "Kept for the audit" };
    await tenant.call("suppress_recommendations", quiet);
    await tenant.call("suppress_recommendations", { resourceId: another.id, reason: "Another one" });
    expect((await find()).suppressions).toMatchObject([{ scope: group, reason: "Kept for the audit" }]);

    const policyYaml = "policy: { name: Payers, severity: low, condition: { required_tags: [Payer] } }";
    await tenant.call("create_policy", { policyYaml });
    expect((await find()).violations).toMatchObject([{ policyName: "Payers", severity: "low" }]);
  });

  test("another organization sees none of it", async () => {
    const other = tenant.tools.actor(await tenant.tools.createOrganization("Other"));
    const ask = async (name: string, input = {}) =>
      (await tenant.tools.invoke({ actor: other, name, input, source: "web" })).output;
    expect(await ask("list_inventory", { existence: "all" })).toMatchObject({ totalCount: 0, allCount: 0 });
    expect(await ask("count_inventory", { existence: "all" })).toMatchObject({ totalCost: [], types: [] });
    const { id } = planted()[0]!;
    await expect(ask("get_resource_findings", { id })).rejects.toMatchObject({ code: "not_found" });
  });
});
