import { decimal } from "../../kernel/money.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { ofComponents } from "../cost-component.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { isLicenceInCompute } from "../machine-price.ts";
import { defineRule } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { readMachine } from "../virtual-machine.ts";
import { wasteOf } from "../waste.ts";

/**
 * hybrid_benefit: a Windows machine without a licence type, so that Windows is paid by the hour. Azure Hybrid Benefit
 * ends that part where the organization has licences with Software Assurance or a subscription: whether it has,
 * Azure does not tell, which lowers the confidence. Source: learn.microsoft.com, "Azure Hybrid Benefit for Windows
 * virtual machines"; RULES.md.
 */
export default defineRule({
  type: "hybrid_benefit",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: [],
  thresholds: {},
  judge: judgeHybridBenefit,
});

function judgeHybridBenefit(resource: JudgedResource, facts: ResourceFacts): Verdict {
  const machine = readMachine(resource, facts);
  if (machine.os !== "Windows") return fine("It does not run Windows.");
  if (!machine.paysWindows) return fine("The organization brings its own licence already.");
  if (machine.isSpot) return fine("Spot machines cannot use the benefit.");
  if (resource.status === null) return unknown("Its power state is not known.");
  if (resource.status !== "running") return fine(`It is ${resource.status}.`);

  const costs = ofComponents(facts.costs, ["compute", "licence"]);
  const inCompute = isLicenceInCompute(machine, costs);
  const price = machine.size ? facts.prices.vm(resource.region ?? "", machine.size, "Windows") : null;
  if (inCompute && !price?.windowsLicence) return unknown("The price of its licence is not known.");
  const licenceShare =
    inCompute && price?.windowsLicence
      ? decimal(price.windowsLicence.value).dividedBy(price.payAsYouGo.value)
      : decimal(0);
  const savings = savingsOfScaling(
    resource.id,
    costs,
    costWindow(facts, null),
    (component) =>
      component === "licence" ? 0 : component === "compute" ? decimal(1).minus(licenceShare) : 1,
    inCompute ? "of that the licence's share by list prices" : "of the licence alone",
  );
  return wasteOf({
    type: "hybrid_benefit",
    title: `Use an own Windows licence on ${resource.name}`,
    description:
      "This machine pays for Windows by the hour. If your organization owns Windows Server licences with Software Assurance, or subscriptions, Azure Hybrid Benefit lets it use those instead: the machine goes on as it is and only compute is paid.",
    effort: "easy",
    risk: changeRisk("use_own_licence", resource),
    savings,
    confidence: [0.6, "It pays for Windows by the hour; whether licences are free, Azure does not tell."],
    doubts: inCompute ? facts.prices.doubts : [],
    evidence: [
      { label: "System", value: "Windows", unit: "text", window: null },
      { label: "Licence type", value: "none: paid by the hour", unit: "text", window: null },
      { label: "Size", value: machine.size ?? "not known", unit: "text", window: null },
    ],
    counterEvidence: [
      { looked: "a licence type that says the licence is the organization's own", found: null },
    ],
    steps: [
      "Ask who keeps your licences whether enough cores with Software Assurance are free; a machine needs at least 8.",
      "Set the machine's licence type to Windows_Server (Windows_Client for Windows 10 or 11); nothing restarts.",
      "Record the licences as used, so that an audit finds them.",
    ],
    remediation: "use_own_licence",
  });
}
