import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCosts } from "../costs/load/load-costs.ts";
import { batchesOf, costRecord, createLoadingTenant } from "../costs/load/testing.ts";
import { openGateWorld, scannedEstate } from "../remediation/testing/gate-world.ts";
import { createTestTools } from "../testing/test-tools.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import type { ScannedTenant } from "./testing/scanned-tenant.ts";

describeEachEngine({ name: "search_resources", prepared: scannedEstate() }, (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    ({ tenant } = await openGateWorld(engine.database()));
  });
  afterAll(() => tenant?.close());

  const search = (input: Record<string, unknown> = {}) =>
    tenant.call<ResourceSearchOutput>("search_resources", { limit: 100, ...input });
  const planted = () => tenant.generated.tenant.resources;

  test("by type, in people's words", async () => {
    const machines = planted().filter(({ type }) => /\/virtualMachines$/i.test(type));
    const found = await search({ type: "VMs" });
    expect(found.totalCount).toBe(machines.length);
    expect(found.rows.map(({ name }) => name).sort()).toEqual(machines.map(({ name }) => name).sort());
    expect((await search({ type: "servers farm nonsense" })).totalCount).toBe(0);
  });

  test("by part of a name, literally", async () => {
    // One whose name is in no other, so that it is on the first page.
    const holds = (part: string) => planted().filter(({ name }) => name.toLowerCase().includes(part));
    const any = planted().find(({ name }) => holds(name.slice(1).toLowerCase()).length === 1);
    expect((await search({ text: any!.name.slice(1).toUpperCase() })).rows.map(({ id }) => id)).toContain(
      any!.id.toLowerCase(),
    );
    expect((await search({ text: "%" })).totalCount).toBe(0);
    expect((await search({ text: "_" })).totalCount).toBe(holds("_").length);
    expect((await search({ text: "'; drop table resources; --" })).totalCount).toBe(0);
  });

  test("by region, group, subscription, tag and status", async () => {
    const disk = planted().find(({ type, tags }) => /\/disks$/i.test(type) && tags.Team)!;
    const [, , subscriptionId, , group] = disk.id.split("/");
    const name = tenant.generated.tenant.subscriptions.find(({ id }) => id === subscriptionId)!.name;
    const inGroup = planted().filter(({ id }) =>
      id.toLowerCase().includes(`/resourcegroups/${group!.toLowerCase()}/`),
    );
    expect((await search({ resourceGroup: group!.toUpperCase() })).totalCount).toBe(inGroup.length);
    const inSubscription = planted().filter(({ id }) => id.split("/")[2] === subscriptionId);
    for (const subscription of [name, name.split(" ").at(-1)!.toLowerCase(), subscriptionId!]) {
      expect((await search({ subscription })).totalCount).toBe(inSubscription.length);
    }
    const ofTeam = planted().filter(({ tags }) => tags.Team === disk.tags.Team);
    expect((await search({ tagKey: "team", tagValue: disk.tags.Team!.toUpperCase() })).totalCount).toBe(
      ofTeam.length,
    );
    const inEurope = planted().filter(({ location }) => location === "westeurope");
    for (const region of ["West Europe", "westeurope"]) {
      expect((await search({ region })).totalCount).toBe(inEurope.length);
    }
    const stopped = await search({ status: "Stopped" });
    expect(stopped.rows.every(({ status }) => status === "stopped")).toBe(true);
    expect(stopped.totalCount).toBeGreaterThan(0);
  });

  test("by age and size, the oldest and the largest first", async () => {
    const now = Date.parse("2026-10-14T09:30:00Z");
    const daysOf = (made: unknown) => Math.floor((now - Date.parse(String(made))) / 86_400_000);
    const disks = planted().filter(({ type }) => /\/disks$/i.test(type));
    const ages = disks.map(({ properties }) => daysOf(properties.timeCreated)).sort((a, b) => b - a);
    const old = await search({ type: "disk", olderThanDays: 365, orderBy: "age" });
    expect(old.rows.map(({ ageDays }) => ageDays)).toEqual(ages.filter((age) => age >= 365));
    expect(old.totalCount).toBe(old.rows.length);
    expect((await search({ type: "disk", olderThanDays: ages[0]! + 1 })).totalCount).toBe(0);
    expect((await search({ type: "disk", olderThanDays: ages[0]! })).totalCount).toBeGreaterThan(0);
    const sizes = disks.map(({ properties }) => Number(properties.diskSizeGB));
    const large = await search({ type: "disk", largerThanGib: 128, orderBy: "size" });
    expect(large.totalCount).toBe(sizes.filter((size) => size > 128).length);
    expect(large.rows[0]!.diskSize).toEqual({ value: String(Math.max(...sizes)), unit: "GiB" });
    // What no inventory says of it is neither old nor large.
    expect((await search({ type: "NSG", olderThanDays: 0 })).totalCount).toBe(0);
  });

  test("by a tag that is missing, and what all matches cost together", async () => {
    const lacking = planted().filter(({ tags }) => !tags.Owner);
    const found = await search({ missingTag: "owner", withTotalCost: true });
    expect(found.totalCount).toBe(lacking.length);
    expect(found.rows.every(({ tags }) => !tags.Owner)).toBe(true);
    const summed = found.rows.reduce((sum, { cost }) => sum + Number(cost[0]?.value ?? 0), 0);
    expect(Number(found.totalCost![0]!.value)).toBeCloseTo(summed, 4);
    // The page does not cut the total.
    expect((await search({ missingTag: "owner", withTotalCost: true, limit: 1 })).totalCost).toEqual(
      found.totalCost,
    );
    const bare = planted().filter(({ tags }) => Object.keys(tags).length === 0);
    expect((await search({ missingTag: "*" })).totalCount).toBe(bare.length);
    expect((await search()).totalCost).toBeNull();
  });

  test("pages do not overlap and cover everything, dearest first", async () => {
    const seen = new Set<string>();
    const costs: number[] = [];
    const all = planted().length;
    expect(all).toBeGreaterThan(2 * 30);
    for (let offset = 0; offset < all; offset += 30) {
      const page = await search({ limit: 30, offset });
      expect(page.totalCount).toBe(all);
      for (const row of page.rows) {
        seen.add(row.id);
        costs.push(Number(row.cost[0]?.value ?? 0));
      }
    }
    expect(seen.size).toBe(all);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
  });

  test("costs are those of the period asked for", async () => {
    const disk = tenant.truth.waste.find(({ type }) => type === "unattached_disk")!;
    const cost = async (period: object) =>
      (await search({ text: disk.resourceId, period })).rows[0]!.cost[0]!.value;
    const day = Number(await cost({ start: "2026-10-03", end: "2026-10-04" }));
    expect(day).toBeCloseTo(Number(disk.dailyEffectiveCost), 4);
    expect(Number(await cost({ words: "last 7 days" }))).toBeCloseTo(7 * day, 3);
  });

  test("what only imported costs name is found too, and says so", async () => {
    const imported = await createLoadingTenant(engine.database());
    await loadCosts(imported.ctx, {
      connectionId: imported.connectionId,
      source: "test.csv",
      batches: batchesOf([
        costRecord({
          resourceId: "i-0abc",
          resourceName: "build-runner",
          resourceType: "Instance",
          region: "us-west-2",
        }),
      ]),
    });
    const { invoke } = createTestTools({ database: engine.database(), now: "2026-10-05T09:30:00Z" });
    const ask = async (input: object) =>
      (await invoke({ actor: imported.ctx.actor, name: "search_resources", input, source: "web" }))
        .output as unknown as ResourceSearchOutput;
    expect((await ask({ text: "runner" })).rows).toMatchObject([
      { id: "i-0abc", name: "build-runner", region: "us-west-2", knownFrom: "bill" },
    ]);
    expect(await ask({ text: "nothing like it" })).toMatchObject({ totalCount: 0, note: expect.any(String) });
  });

  test("another organization sees none of it", async () => {
    const other = tenant.tools.actor(await tenant.tools.createOrganization("Other"));
    const ask = async (name: string) =>
      (await tenant.tools.invoke({ actor: other, name, input: {}, source: "web" })).output;
    expect(await ask("search_resources")).toMatchObject({ totalCount: 0, rows: [] });
    expect(await ask("list_recommendations")).toMatchObject({ totalCount: 0, rows: [] });
    expect(await ask("get_savings_total")).toMatchObject({ monthlySavings: [], recommendationCount: 0 });
    expect(await ask("list_connections")).toEqual({ connections: [] });
    await expect(ask("scan")).rejects.toMatchObject({ code: "no_data" });
  });
});
