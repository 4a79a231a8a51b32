import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { sumDecimals } from "../../kernel/money.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import { ask, costRow, loadRows } from "../testing/load-rows.ts";
import type { AllocationRule, AllocationSettings } from "./allocation-rules.ts";
import type { AllocatedCost } from "./allocation-shapes.ts";

const day = "2026-09-10";
const vm = (name: string, cost: string, changes: Parameters<typeof costRow>[0] | object = {}) =>
  costRow({ day, cost, resourceName: name, resourceId: `/x/${name}`, ...changes });

describeEachEngine("get_allocation", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-10-14T09:00:00Z" });
    organization = await tools.createOrganization();
    await loadRows(tools, organization, [
      vm("web-1", "60", { tags: { team: "web" } }),
      vm("data-1", "30", { tags: { Team: "data" } }), // spelled otherwise
      vm("batch_7", "10", { resourceGroup: "rg-batch" }),
      vm("batchX7", "1", { serviceName: "Storage" }),
      vm("hub", "12.345678901", { tags: { team: "platform", role: "Shared" }, serviceName: "Bandwidth" }),
      vm("lost", "5", { subAccountId: "sub-2", subAccountName: "Sandbox" }),
      vm("refund", "-2", { chargeCategory: "Credit", tags: { team: "web" } }),
      vm("euro", "7", { currency: "EUR" }),
    ]);
  });
  const allocation = (input = {}) => ask<AllocatedCost>(tools, organization, "get_allocation", input);
  const add = (fields: Record<string, unknown>) =>
    ask<AllocationRule>(tools, organization, "create_allocation_rule", { name: "rule", ...fields });
  const teams = ({ teams }: AllocatedCost) =>
    Object.fromEntries(teams.map(({ team, amount }) => [team, amount.value]));
  const tiesOut = (output: AllocatedCost) => {
    for (const { currency, value } of output.total) {
      const own = [...output.teams, ...output.unallocated].filter(
        ({ amount }) => amount.currency === currency,
      );
      expect(sumDecimals(own.map(({ amount }) => amount.value)).toFixed()).toBe(value);
    }
  };

  test("without rules: by tag alone, the rest unallocated and told by group", async () => {
    const output = await allocation();
    tiesOut(output);
    expect(teams(output)).toEqual({ web: "58", data: "30", platform: "12.345678901" });
    expect(output.unallocated.map(({ amount }) => amount)).toEqual([
      { value: "7", currency: "EUR" },
      { value: "16", currency: "USD" },
    ]);
    const usd = output.tagCoverage.totals.find(({ tagged }) => tagged.currency === "USD")!;
    expect([usd.tagged.value, usd.untagged.value]).toEqual(["100.345678901", "16"]);
    const bySubscription = await allocation({ groupBy: "subscription" });
    expect(
      bySubscription.tagCoverage.groups
        .filter(({ amount }) => amount.currency === "USD")
        .map(({ label, untagged }) => [label, untagged.value]),
    ).toEqual([
      ["Production", "11"],
      ["Sandbox", "5"],
    ]);
    expect((await allocation({ tagKey: "role" })).tagCoverage.totals.at(-1)!.tagged.value).toBe(
      "12.345678901",
    );
  });

  test("rules map by name, subscription, group and tag, in their order; all of it ties out", async () => {
    const byName = await add({
      match: { namePattern: "batch_*" },
      split: "fixed",
      shares: [{ team: "batch", percent: "100" }],
    });
    let output = await allocation();
    // The underscore is a character and not any character.
    expect(teams(output)).toMatchObject({ batch: "10" });
    const shared = await add({
      costs: "shared",
      match: { tagKey: "ROLE", tagValue: "shared" },
      split: "proportional",
    });
    const rest = await add({
      match: { subscriptions: ["sandbox"] },
      split: "fixed",
      shares: [
        { team: "web", percent: "33.333333" },
        { team: "data", percent: "66.666667" },
      ],
    });
    output = await allocation();
    tiesOut(output);
    expect(output.teams.some(({ team }) => team === "platform")).toBe(false);
    expect(output.rules.map(({ name, amount }) => [name, amount.value])).toEqual([
      ["rule", "10"],
      ["rule", "12.345678901"],
      ["rule", "5"],
    ]);
    // 12.345678901 by 58 : 30 : 10, its last unit to data, plus 1.666667 and 3.333333 of 5.
    expect(teams(output)).toEqual({ web: "66.973293288", data: "37.11262246", batch: "11.259763153" });
    expect(output.unallocated.find(({ amount }) => amount.currency === "USD")!.amount.value).toBe("1");

    const everything = await add({
      match: { services: ["virtual machines"] },
      split: "fixed",
      shares: [{ team: "it", percent: "100" }],
    });
    expect(teams(await allocation()).it).toBe("7"); // the euros: the rest has gone to earlier rules
    const ids = [everything.id, byName.id, shared.id, rest.id];
    await ask(tools, organization, "reorder_allocation_rules", { ids });
    output = await allocation();
    tiesOut(output);
    expect(output.teams.filter(({ team }) => team === "it").map(({ direct }) => direct.value)).toEqual([
      "7",
      "15",
    ]);
    await expect(
      ask(tools, organization, "reorder_allocation_rules", { ids: [rest.id] }),
    ).rejects.toMatchObject({ code: "conflict" });
    await ask(tools, organization, "update_allocation_rule", {
      ...everything,
      match: { ...everything.match, services: ["nothing"] },
    });
    expect(teams(await allocation()).it).toBeUndefined();
    for (const id of ids) await ask(tools, organization, "delete_allocation_rule", { id });
    const { rules } = await ask<AllocationSettings>(tools, organization, "list_allocation_rules", {});
    expect(rules).toEqual([]);
    await expect(ask(tools, organization, "delete_allocation_rule", { id: rest.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("what cannot be split stays unallocated, and is said", async () => {
    const rule = await add({ match: { services: ["Storage"] }, split: "proportional", teams: ["nobody"] });
    const output = await allocation();
    tiesOut(output);
    expect(output.rules).toMatchObject([{ isSplit: false, amount: { value: "1" } }]);
    await ask(tools, organization, "delete_allocation_rule", { id: rule.id });
  });

  test("rules are changed by an admin's own session alone; a viewer reads them", async () => {
    const input = { name: "r", match: { services: ["a"] }, split: "proportional" };
    const call = (name: string, actor: object, given: object) =>
      tools.invoke({
        actor: { ...tools.actor(organization, "viewer"), ...actor },
        name,
        input: { ...given },
        source: "web",
      });
    await expect(call("create_allocation_rule", {}, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      call("create_allocation_rule", { role: "admin", via: "api_key" }, input),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect((await call("list_allocation_rules", {}, {})).output).toEqual({ teamTag: "team", rules: [] });
    expect((await call("get_allocation", {}, {})).output).toMatchObject({ teamTag: "team" });
  });

  test("another tag may name the team", async () => {
    await ask(tools, organization, "update_allocation_settings", { teamTag: "ROLE" });
    expect(teams(await allocation())).toEqual({ Shared: "12.345678901" });
    await ask(tools, organization, "update_allocation_settings", { teamTag: "team" });
  });
});
