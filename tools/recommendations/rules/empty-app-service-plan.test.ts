import { expect, test } from "vitest";
import { dailyCosts, facts, judge, resource, waste } from "../testing.ts";
import rule from "./empty-app-service-plan.ts";

const plan = (sku: object, properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.web/serverfarms", { properties: { sku, numberOfSites: 0, ...properties }, ...more });
const premium = { name: "P1v3", tier: "PremiumV3", capacity: 2 };
const about = facts({ costs: dailyCosts(30, "8", { service: "Azure App Service" }) });

test("a paid plan without apps saves all that it costs", () => {
  const finding = waste(judge(rule, plan(premium), about));
  expect(finding).toMatchObject({ monthlySavings: "243.33", annualSavings: "2920", confidence: 0.95 });
  expect(finding.description).toContain("2 instances are");
  expect(finding.effects).toEqual([
    {
      resourceId: plan(premium).id,
      component: "platform",
      monthlyCost: "243.333333",
      change: { kind: "share", remaining: "0" },
    },
  ]);
});

test.each<[string, ReturnType<typeof plan>]>([
  ["has apps", plan(premium, { numberOfSites: 1 })],
  ["is free", plan({ name: "F1", tier: "Free" })],
  ["is shared", plan({ name: "D1", tier: "Shared" })],
  ["is paid by use", plan({ name: "Y1", tier: "Dynamic" })],
  ["waits for a failover", plan(premium, {}, { tags: { purpose: "disaster recovery" } })],
])("a plan that %s is fine", (_, resource) => {
  expect(judge(rule, resource, about).verdict).toBe("fine");
});

test("an app that names it counts, whatever the plan says", () => {
  const used = { ...about, usedBy: () => ["/subscriptions/s/app"] };
  expect(judge(rule, plan(premium), used).verdict).toBe("fine");
});

test("without a count of apps the inventory tells, with less confidence", () => {
  const untold = plan(premium, { numberOfSites: undefined });
  expect(waste(judge(rule, untold, about)).confidence).toBe(0.8);
  expect(judge(rule, untold, { ...about, usedBy: () => ["/subscriptions/s/slot"] }).verdict).toBe("fine");
});
