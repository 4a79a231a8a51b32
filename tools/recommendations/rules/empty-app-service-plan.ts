import { readProperty, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/** Tiers that are paid by use or not at all: an empty plan of them costs nothing. */
const unpaid = /^(free|shared|dynamic|consumption|flexconsumption)$/i;

/**
 * empty_app_service_plan: a paid App Service plan on which no app, function or deployment slot runs; its instances are billed all the same.
 * Not for free, shared and consumption plans. Source: RULES.md, "also wanted"; Azure Advisor, "unused App Service
 * plans".
 */
export default defineRule({
  type: "empty_app_service_plan",
  resourceTypes: ["microsoft.web/serverfarms"],
  metrics: [],
  thresholds: {},
  judge: judgeEmptyPlan,
});

function judgeEmptyPlan(plan: JudgedResource, facts: ResourceFacts): Verdict {
  const sku = readText(plan.properties, "sku", "name") ?? "";
  const tier = readText(plan.properties, "sku", "tier") ?? "";
  if (unpaid.test(tier) || /^(F1|D1|Y1|FC1)$/i.test(sku)) return fine("Its tier costs nothing when empty.");
  if (facts.usedBy("app_service_plan").length > 0) return fine("Apps run on it.");
  const sites = readProperty(plan.properties, "numberOfSites");
  const isCounted = typeof sites === "number";
  if (isCounted && sites > 0) return fine("Apps run on it.");
  const counterEvidence = [
    ...lookFor(plan, [disasterRecovery]),
    { looked: "apps in any resource group", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Empty on purpose: ${kept}.`);
  const instances = readProperty(plan.properties, "sku", "capacity");
  return wasteOf({
    type: "empty_app_service_plan",
    title: `Delete empty App Service plan ${plan.name}`,
    description: `No app runs on this ${sku ? `${sku} ` : ""}plan, yet ${
      typeof instances === "number" && instances > 1 ? `its ${instances} instances are` : "it is"
    } billed every hour.`,
    effort: "easy",
    risk: changeRisk("delete_app_service_plan", plan),
    savings: savingsOfEnding(plan.id, facts.costs, costWindow(facts, null)),
    confidence: isCounted
      ? [0.95, "Azure counts no app on it, and no app names it."]
      : [0.8, "No app of the inventory names it; Azure does not tell how many it has."],
    doubts: [],
    evidence: [
      { label: "Apps on the plan", value: "0", unit: "count", window: null },
      ...(sku ? [{ label: "Size", value: sku, unit: "text", window: null }] : []),
    ],
    counterEvidence,
    steps: [
      "Ask the owner whether an app is about to be deployed to it.",
      "Delete the plan; an equal one is made again within a minute.",
    ],
    remediation: "delete_app_service_plan",
  });
}
