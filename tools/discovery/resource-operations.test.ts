import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { costRow, loadRows } from "../costs/testing/load-rows.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { addPlainResource, type PlainResource } from "./testing/plain-resource.ts";

const now = "2026-10-05T09:30:00Z";
const billedOnly = "arn:aws:ec2:eu-west-1:1:instance/i-Ab12";

describeEachEngine("one resource", (engine) => {
  let tools: TestTools;
  let actor: Actor;
  let machine: PlainResource;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now });
    const organization = await tools.createOrganization("Contoso");
    actor = tools.actor(organization, "viewer");
    machine = await addPlainResource(tools, organization, new Date(now));
    await loadRows(tools, organization, [
      costRow({ day: "2026-09-04", cost: "1", provider: "aws", resourceId: billedOnly, resourceName: "box" }),
    ]);
  });

  const call = async (name: string, input: Record<string, unknown>) =>
    (await tools.invoke({ actor, name, input, source: "rest" })).output;

  test("is found by its full id in any case, with properties and what scans saw", async () => {
    const found = await call("get_resource", { id: machine.id.toUpperCase() });
    expect(found).toMatchObject({
      id: machine.id,
      typeLabel: "Virtual machine",
      tags: { Team: "web" },
      configuration: { hardwareProfile: { vmSize: "Standard_D2s_v5" } },
      knownFrom: "inventory",
      lastSeenAt: "2026-10-05T09:30:00.000Z",
      goneAt: null,
    });
  });

  test("that only the bill names is found too, under its own case", async () => {
    const found = await call("get_resource", { id: billedOnly });
    expect(found).toMatchObject({ id: billedOnly, name: "box", knownFrom: "bill", lastSeenAt: null });
  });

  test("has its own costs, which add up, and its own metrics", async () => {
    const costs = await call("get_resource_costs", { id: machine.id, granularity: "monthly" });
    expect(costs.total).toEqual([{ value: "75", currency: "USD" }]);
    const { series } = (await call("get_resource_metrics", { id: machine.id, days: 1 })) as {
      series: { metric: string; points: { time: string; value: number }[] }[];
    };
    expect(series).toMatchObject([{ metric: "cpu_percent", aggregation: "average", unit: "percent" }]);
    const { points } = series[0]!;
    expect(points).toHaveLength(23); // the first of its 24 hours began before these days
    expect(points.at(-1)).toEqual({ time: "2026-10-05T08:00:00Z", value: 0 });
    expect(await call("get_resource_metrics", { id: machine.id, metric: "memory" })).toMatchObject({
      series: [],
    });
  });

  test("that nobody knows is not found, in each of them; one without cost has none", async () => {
    for (const name of ["get_resource", "get_resource_costs", "get_resource_metrics"]) {
      await expect(call(name, { id: `${machine.id}-other` }), name).rejects.toMatchObject({
        code: "not_found",
      });
    }
    const organization = await tools.createOrganization("No costs");
    const lone = await addPlainResource(tools, organization, new Date(now));
    const input = { id: lone.id, period: { start: "2026-07-01", end: "2026-08-01" } };
    const asked = tools.invoke({
      actor: tools.actor(organization),
      name: "get_resource_costs",
      input,
      source: "rest",
    });
    await expect(asked).rejects.toMatchObject({ code: "no_data" });
  });
});
