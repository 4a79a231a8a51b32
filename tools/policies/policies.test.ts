import { randomUUID } from "node:crypto";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { type FoundResource, markGone, upsertResources } from "@cloudoptima/db/queries/resources.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Role } from "../kernel/permissions.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";
import type { ViolationList } from "./list-policy-violations.tool.ts";

const now = "2026-10-14T09:30:00Z";
const yaml = (name: string, condition: string, severity = "medium") =>
  `policy:\n  name: ${name}\n  severity: ${severity}\n  scope: { resource_types: [Microsoft.Compute/*] }\n  condition: ${condition}\n`;
const tagged = yaml("Owners", "{ required_tags: [Owner] }");

interface Saved {
  id: string;
  name: string;
  openViolationCount: number;
  notes: string[];
}

describeEachEngine("policies", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let ctx: WriteContext;
  let connectionId: string;
  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
    ctx = tools.context(tools.actor(organization));
    connectionId = randomUUID();
    const connection = {
      id: connectionId,
      organizationId: organization.id,
      name: "Azure",
      provider: "azure",
    };
    await ctx.write((transaction) =>
      addConnection(transaction, {
        ...connection,
        kind: "sandbox",
        provider: "azure",
        settings: { subscriptions: { s1: "Production", s2: "Development" } },
      }),
    );
    await keep([machine("1", "s1", {}), machine("2", "s1", { owner: "ops" }), machine("3", "s2", {})]);
  });

  const machine = (name: string, subscriptionId: string, tags: Record<string, string>): FoundResource => ({
    id: `/subscriptions/${subscriptionId}/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm-${name}`,
    provider: "azure",
    type: "microsoft.compute/virtualmachines",
    name: `vm-${name}`,
    subscriptionId,
    resourceGroup: "rg",
    region: name === "3" ? "eastus" : "westeurope",
    tags,
    properties: {},
    status: "running",
  });
  const keep = (resources: FoundResource[]) =>
    ctx.write((transaction) =>
      upsertResources(
        transaction,
        { organizationId: organization.id, connectionId, seenAt: new Date(now) },
        resources,
        randomUUID,
      ),
    );
  const as = async <Output>(actor: Actor, name: string, input: object = {}) =>
    (await tools.invoke({ actor, name, input, source: "rest" })).output as Output;
  const call = <Output>(name: string, input: object = {}, role: Role = "admin") =>
    as<Output>(tools.actor(organization, role), name, input);
  const violations = (input: object = {}) => call<ViolationList>("list_policy_violations", input);
  const names = async (input: object = {}) =>
    (await violations(input)).rows.map(({ resource, policyName }) => `${policyName} ${resource.name}`);

  test("are judged when they are saved, and the violations listed, worst first and by subscription", async () => {
    const owners = await call<Saved>("create_policy", { policyYaml: tagged });
    expect(owners).toMatchObject({ name: "Owners", openViolationCount: 2, notes: [] });
    await call("create_policy", {
      policyYaml: yaml("Europe", "{ allowed_regions: [westeurope] }", "critical"),
    });
    expect(await violations()).toMatchObject({
      totalCount: 3,
      byPolicy: [
        { policyName: "Europe", severity: "critical", violationCount: 1 },
        { policyName: "Owners", severity: "medium", violationCount: 2 },
      ],
      rows: [
        {
          policyName: "Europe",
          resource: { name: "vm-3", region: "eastus" },
          problems: [expect.any(String)],
        },
        {
          policyName: "Owners",
          problems: ["The tag Owner is missing."],
          detectedAt: "2026-10-14T09:30:00.000Z",
        },
        {},
      ],
    });
    expect(await names({ subscription: "prod" })).toEqual(["Owners vm-1"]);
    expect(await names({ severity: "critical" })).toEqual(["Europe vm-3"]);
    expect(await names({ policyName: "own", limit: 1, offset: 1 })).toEqual(["Owners vm-3"]);
    expect(await names({ subscription: "nowhere" })).toEqual([]);
  });

  test("a violation that is mended is resolved, one that comes back is another; what is gone breaks nothing", async () => {
    expect(await evaluatePolicies(ctx)).toEqual({ newCount: 0, resolvedCount: 0 });
    await keep([machine("1", "s1", { Owner: "web" })]);
    expect(await evaluatePolicies(ctx)).toEqual({ newCount: 0, resolvedCount: 1 });
    expect(await names()).toEqual(["Europe vm-3", "Owners vm-3"]);
    await keep([machine("1", "s1", {})]);
    expect(await evaluatePolicies(ctx)).toEqual({ newCount: 1, resolvedCount: 0 });
    expect(await names({ status: "resolved" })).toEqual(["Owners vm-1"]);
    await ctx.write((transaction) => markGone(transaction, machine("3", "s2", {}).id, new Date(now)));
    expect(await evaluatePolicies(ctx)).toEqual({ newCount: 0, resolvedCount: 2 });
    expect(await names()).toEqual(["Owners vm-1"]);
  });

  test("are changed, switched off and on, and deleted with their violations", async () => {
    const { policies } = await call<{ policies: Saved[] }>("list_policies");
    expect(policies.map(({ name, openViolationCount }) => [name, openViolationCount])).toEqual([
      ["Europe", 0],
      ["Owners", 1],
    ]);
    const { id } = policies[1]!;
    expect(await call("update_policy", { id, enabled: false })).toMatchObject({ openViolationCount: 0 });
    expect(await call("update_policy", { id, enabled: true })).toMatchObject({ openViolationCount: 1 });
    const wider = yaml("Owners", "{ required_tags: [Owner, CostCenter] }", "high");
    expect(await call("update_policy", { id, policyYaml: wider })).toMatchObject({
      openViolationCount: 2,
      severity: "high",
    });
    await expect(
      call("create_policy", { policyYaml: tagged.replace("Owners", "OWNERS") }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      call("update_policy", { id, policyYaml: yaml("europe", "{ public_ip: forbidden }") }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    const auto = `${tagged}  actions: { remediation: { auto_remediate: true } }\n`;
    await expect(call("update_policy", { id, policyYaml: auto })).rejects.toMatchObject({
      code: "invalid_input",
      hint: expect.stringContaining("auto_remediate: false"),
    });
    expect(await call("get_policy", { id })).toMatchObject({ policyYaml: wider });
    await call("delete_policy", { id });
    expect((await violations()).totalCount).toBe(0);
    await expect(call("get_policy", { id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("are written by an admin alone, read by a viewer, and never another organization's", async () => {
    const { id } = await call<Saved>("create_policy", { policyYaml: tagged });
    const stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    for (const role of ["member", "viewer"] as const) {
      await expect(call("create_policy", { policyYaml: tagged }, role)).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(call("delete_policy", { id }, role)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await call("list_policy_violations", {}, "viewer")).toMatchObject({ totalCount: 1 });
    expect(await as(stranger, "list_policies")).toEqual({ policies: [] });
    expect(await as(stranger, "list_policy_violations")).toMatchObject({ totalCount: 0 });
    for (const name of ["get_policy", "update_policy", "delete_policy"]) {
      await expect(as(stranger, name, { id })).rejects.toMatchObject({ code: "not_found" });
    }
    // The same name is free there.
    expect(await as(stranger, "create_policy", { policyYaml: tagged })).toMatchObject({
      openViolationCount: 0,
    });
    expect(await names()).toHaveLength(1);
  });
});
