import { changeRisk } from "../../remediation/change-risk.ts";
import { ofComponents } from "../cost-component.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { loadMetrics } from "../machine-load.ts";
import { remainingOnSize } from "../machine-price.ts";
import { enoughDays } from "../net-rate.ts";
import { defineRule } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { isProven, judgeSizes, type Sizing, type SizingLimits, sizingThresholds } from "../sizing.ts";
import { sizingEvidence } from "../sizing-evidence.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/**
 * vm_rightsizing: a running machine whose load of 14 to 30 days (7 at least) fits a cheaper size, with everything
 * that is attached to it: smaller sizes of its series, and burstable ones where P99 of its CPU is over 80 %. On the
 * new size P95 of CPU and network stay at or under 40 % and memory under 60 % where people wait for it, else 80 % and
 * 80 %. Without memory data only where P95 CPU is under 15 %, and only one step. What does nothing is idle_vm's.
 * Saves the share of its compute that the list prices differ by, at its own rate. Source: Azure Advisor's resize
 * rule (learn.microsoft.com, "Advisor cost recommendations"; RULES.md).
 */
export default defineRule({
  type: "vm_rightsizing",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: loadMetrics,
  thresholds: sizingThresholds,
  judge: judgeRightsizing,
});

function judgeRightsizing(resource: JudgedResource, facts: ResourceFacts, limits: SizingLimits): Verdict {
  const judged = judgeSizes(resource, facts, limits);
  if ("verdict" in judged) return judged.verdict;
  const { sizing } = judged;
  const proven = sizing.fits.filter(isProven);
  if (proven.length === 0) {
    return sizing.fits.some(({ against }) => against.length === 0)
      ? unknown("A smaller size could do, but not enough is known to say so.")
      : fine(`No smaller size carries it${whatIsAgainst(sizing.fits)}.`);
  }
  const costs = ofComponents(facts.costs, ["compute", "licence"]);
  const chosen = cheapest(sizing, proven, costs, facts);
  if (chosen === null) return unknown("The prices of its size and of smaller ones are not known.");
  if (chosen === undefined) return fine("No size that carries it is cheaper.");

  const { fit, remaining } = chosen;
  const savings = savingsOfScaling(
    resource.id,
    costs,
    costWindow(facts, null),
    remaining,
    `less what remains by list prices of ${fit.target.name} ÷ ${sizing.current.name}`,
  );
  const { days } = sizing.load;
  return wasteOf({
    type: "vm_rightsizing",
    title: `Resize ${resource.name} from ${sizing.current.name} to ${fit.target.name}`,
    description: `In ${days} days this machine used far less than its ${sizing.current.vcpus} vCPUs and ${sizing.current.memoryGib} GiB. ${fit.target.name} (${fit.target.vcpus} vCPUs, ${fit.target.memoryGib} GiB) carries the same work${fit.target.burstable ? "; it saves up processor time while it rests and spends it in bursts" : ""}. Resizing restarts the machine; its disks and addresses stay.${
      savings.coveredShare > 0.5
        ? " A reservation or savings plan pays for it, so a smaller size saves only what that then covers elsewhere."
        : ""
    }`,
    effort: "medium",
    risk: changeRisk("resize_vm", resource),
    savings,
    confidence: [0.95, `Its load of ${days} days, translated by vCPUs and memory, fits with reserve.`],
    doubts: [
      ...(days < enoughDays ? [`Only ${days} days were measured; 14 would be surer.`] : []),
      ...fit.doubts,
      ...facts.prices.doubts,
    ],
    evidence: sizingEvidence(sizing, fit, facts.usage),
    counterEvidence: sizing.counterEvidence,
    steps: [
      "Ask the owner whether rarer peaks than these days showed are to come (month end, season).",
      `Resize to ${fit.target.name} in a maintenance window: the machine restarts, which takes minutes.`,
      "If Azure has no room for it there, deallocate it first and start it in the new size.",
      "Watch CPU and memory for a week; resizing back undoes it.",
    ],
    sizeNow: sizing.current.name,
    target: { label: fit.target.name, sku: fit.target.name },
    remediation: "resize_vm",
  });
}

/** What speaks against the size that comes nearest. */
function whatIsAgainst(fits: Sizing["fits"]): string {
  const [nearest] = fits.toSorted((a, b) => a.against.length - b.against.length);
  return nearest ? `: ${nearest.against.join(", ")}` : "";
}

/** The proven size of the lowest price. Null: a price is missing; undefined: none is cheaper than today's. */
function cheapest(
  { machine, region, current }: Sizing,
  proven: Sizing["fits"],
  costs: ResourceFacts["costs"],
  facts: ResourceFacts,
) {
  const priced = proven.flatMap((fit) => {
    const remaining = remainingOnSize(machine, costs, facts.prices, region, [current, fit.target]);
    return remaining ? [{ fit, remaining, share: Number(remaining("compute")) }] : [];
  });
  if (priced.length === 0) return null;
  return priced.filter(({ share }) => share < 1).toSorted((a, b) => a.share - b.share)[0];
}
