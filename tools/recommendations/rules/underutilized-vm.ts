import { ofComponents } from "../cost-component.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { loadMetrics } from "../machine-load.ts";
import { remainingOnSize } from "../machine-price.ts";
import { defineRule } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { isProven, judgeSizes, type SizingLimits, sizingThresholds } from "../sizing.ts";
import { sizingEvidence } from "../sizing-evidence.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/**
 * underutilized_vm: a running machine whose processor and network would fit the next smaller size of its series,
 * but something that has to be known for a proof is not (its memory, what the size takes). What that size would
 * save is shown and counted in no total. A machine with something against every smaller size (memory full, too many
 * disks) is in order, and one with a proven size is vm_rightsizing's. Source: RULES.md, "Recommendation rules".
 */
export default defineRule({
  type: "underutilized_vm",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: loadMetrics,
  thresholds: sizingThresholds,
  judge: judgeUnderutilized,
});

function judgeUnderutilized(resource: JudgedResource, facts: ResourceFacts, limits: SizingLimits): Verdict {
  const judged = judgeSizes(resource, facts, limits);
  if ("verdict" in judged) return judged.verdict;
  const { sizing } = judged;
  if (sizing.fits.some(isProven)) return fine("A smaller size is proven: it is to be resized.");
  const fit = sizing.fits.find(({ against, target }) => against.length === 0 && !target.burstable);
  if (!fit) return fine("It uses what it has, or no smaller size could carry it.");

  const costs = ofComponents(facts.costs, ["compute", "licence"]);
  const pair = [sizing.current, fit.target] as const;
  const remaining = remainingOnSize(sizing.machine, costs, facts.prices, sizing.region, pair);
  if (!remaining) return unknown("The prices of its size and of smaller ones are not known.");
  const how = `less what remains by list prices of ${fit.target.name} ÷ ${sizing.current.name}`;
  const savings = savingsOfScaling(resource.id, costs, costWindow(facts, null), remaining, how);
  const missing = fit.missing.join("; ");
  return wasteOf({
    type: "underutilized_vm",
    title: `Find out whether ${resource.name} can be smaller than ${sizing.current.name}`,
    description: `In ${sizing.load.days} days this machine's processor was mostly idle: ${fit.target.name} would do for it. Nothing proves that yet, because this is not known: ${missing}. The saving shown is what that size would save; it is counted in no total.`,
    effort: "medium",
    risk: "medium",
    savings: { ...savings, effects: [] },
    confidence: [0.5, `No smaller size is proven; not known: ${missing}.`],
    doubts: [...fit.doubts, ...facts.prices.doubts],
    evidence: sizingEvidence(sizing, fit, facts.usage),
    counterEvidence: sizing.counterEvidence,
    steps: [
      `Find out what is not known: ${missing}. Memory shows once Azure Monitor's agent or guest metrics are on.`,
      "Look again after two weeks: with a proof this becomes a recommendation to resize.",
    ],
    sizeNow: sizing.current.name,
    target: { label: fit.target.name, sku: fit.target.name },
  });
}
