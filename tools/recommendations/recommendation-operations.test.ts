import { expireRecommendations, keepRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import { addPlainResource, type PlainResource } from "../discovery/testing/plain-resource.ts";
import type { Role } from "../kernel/permissions.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";

const now = "2026-10-05T09:30:00Z";
const at = new Date(now);
const again = {
  type: "idle_vm",
  title: "Idle virtual machine",
  description: "It does nothing.",
  impact: "low",
  effort: "easy",
  risk: "low",
  monthlySavings: "80",
  annualSavings: "960",
  currency: "USD",
  confidence: "0.9",
  evidence: [],
  metadata: {},
} as const;

describeEachEngine("one recommendation", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let resource: PlainResource;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
    resource = await addPlainResource(tools, organization, at);
  });

  const call = async (name: string, input: Record<string, unknown> = {}, role: Role = "member") =>
    (
      await tools.invoke({
        actor: tools.actor(organization, role),
        name,
        input: { id: resource.recommendationId, ...input },
        source: "rest",
      })
    ).output;
  const scanFindsItAgain = () =>
    tools
      .context(tools.actor(organization))
      .write((transaction) =>
        keepRecommendations(transaction, organization.id, at, [
          { ...again, id: crypto.randomUUID(), evidence: [], resourceId: resource.id },
        ]),
      );

  test("is read, marked and dismissed for good", async () => {
    expect(await call("get_recommendation", {}, "viewer")).toMatchObject({
      status: "open",
      resource: { id: resource.id },
    });
    const started = await call("update_recommendation", { status: "in_progress", reason: "Ticket 7" });
    expect(started).toMatchObject({ status: "in_progress" });
    expect(await scanFindsItAgain()).toEqual([]);
    expect(await call("get_recommendation")).toMatchObject({ monthlySavings: { value: "80" } });
    expect(await call("dismiss_recommendation")).toMatchObject({ status: "dismissed" });
    expect(await scanFindsItAgain()).toEqual([]);
    expect(await call("get_recommendation")).toMatchObject({ status: "dismissed" });
    expect(await call("update_recommendation", { status: "open" })).toMatchObject({ status: "open" });
  });

  test("that was done and is found anew stays done: the new one is the open one", async () => {
    await call("update_recommendation", { status: "implemented" });
    expect(await scanFindsItAgain()).toHaveLength(1);
    await expect(call("update_recommendation", { status: "open" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("that expired has no other status", async () => {
    await tools.context(tools.actor(organization)).write((transaction) =>
      expireRecommendations(transaction, at, [{ resourceId: resource.id, type: "idle_vm" }], {
        reason: "The waste is gone.",
      }),
    );
    await expect(call("dismiss_recommendation")).rejects.toMatchObject({ code: "conflict" });
  });

  test("is changed by members, not by viewers", async () => {
    for (const name of ["dismiss_recommendation", "update_recommendation"]) {
      const refused = call(name, name === "update_recommendation" ? { status: "open" } : {}, "viewer");
      await expect(refused, name).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
