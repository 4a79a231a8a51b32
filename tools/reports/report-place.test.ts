import { listConnections, writeSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import type { ReportAnswer } from "./report-content.ts";
import { fillEstate, generate, reportNow, type WholeReport } from "./testing/report-world.ts";

const answersOf = ({ content }: WholeReport) => content!.sections.flatMap(({ answers }) => answers);
const answered = (report: WholeReport) =>
  answersOf(report).filter((answer) => answer.outcome === "answered") as Extract<
    ReportAnswer,
    { outcome: "answered" }
  >[];

/** How a question says the place that its report is narrowed to. */
const placeOf = (tool: string) =>
  /cost/.test(tool)
    ? {
        filters: [
          { dimension: "subscription", values: ["sub-1"], exclude: false },
          { dimension: "resource_group", values: ["rg-web"], exclude: false },
        ],
      }
    : { subscription: "sub-1", resourceGroup: "rg-web" };

describeEachEngine("reports of a place", (engine) => {
  let tools: TestTools;
  let admin: Actor;
  let member: Actor;
  let viewer: Actor;

  const call = async (actor: Actor, name: string, input: Record<string, unknown> = {}) =>
    (await tools.invoke({ actor, name, input, source: "rest" })).output;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: reportNow });
    const organization = await tools.createOrganization("Contoso");
    admin = tools.actor(organization);
    member = tools.actor(organization, "member");
    viewer = tools.actor(organization, "viewer");
    await fillEstate(tools, organization);
  });

  test("of one place tell of it alone, by the same tools, and what is everybody's is not told as its own", async () => {
    const narrowed = {
      reportType: "detailed_technical",
      subscription: "production",
      resourceGroup: "RG-Web",
    };
    const unseen = await generate(tools, member, narrowed);
    expect(answered(unseen).filter(({ basis }) => basis !== "costs")).toEqual([]);
    const ctx = tools.context(admin);
    const [connection] = await ctx.read(listConnections);
    await ctx.write((transaction) =>
      writeSubscriptionNames(transaction, connection!.id, { "sub-1": "Production" }),
    );
    const report = await generate(tools, member, narrowed);
    expect(report).toMatchObject({
      status: "ready",
      title: "Detailed technical report of rg-web in Production, 1-30 Sep 2026",
      place: { subscription: { id: "sub-1", name: "Production" }, resourceGroup: "rg-web" },
      content: { scope: "rg-web in Production" },
    });
    for (const { tool, input, output } of answered(report)) {
      if (tool !== "list_policies") expect({ tool, input }).toMatchObject({ tool, input: placeOf(tool) });
      expect({ tool, output: await call(viewer, tool, input) }).toEqual({ tool, output });
    }
    const told = answered(report).map(({ tool }) => tool);
    expect(told).toEqual(
      expect.arrayContaining([
        "search_resources",
        "plan_savings",
        "get_assessment",
        "list_policy_violations",
      ]),
    );
    const titles = answersOf(report).map(({ title }) => title);
    expect(titles).not.toContain("By subscription");
    expect(titles).not.toContain("By resource group");
    expect(answersOf(report).find(({ tool }) => tool === "get_commitments")).toMatchObject({
      outcome: "missing",
      reason: expect.stringContaining("shared by the whole organization"),
    });
  });

  test.each([
    [{ subscription: "Produktion" }, /no subscription "Produktion"/, "Nearest: Production."],
    [{ resourceGroup: "rg-wep" }, /no resource group "rg-wep"/, "Nearest: rg-web."],
    [{ subscription: "Production", resourceGroup: "rg-none" }, /"rg-none" in Production/, expect.any(String)],
  ])("refuse the place %j that nobody knows, with the nearest", async (where, message, hint) => {
    await expect(call(member, "generate_report", where)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringMatching(message),
      hint,
    });
  });
});
