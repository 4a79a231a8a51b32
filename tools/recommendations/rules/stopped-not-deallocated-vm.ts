import { changeRisk } from "../../remediation/change-risk.ts";
import { ofComponents } from "../cost-component.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { readMachine } from "../virtual-machine.ts";
import { wasteOf } from "../waste.ts";

/**
 * stopped_not_deallocated_vm: a machine that was shut down from inside, for however long. Azure keeps its hardware
 * and charges compute and licence as if it ran; deallocating ends both. Source: learn.microsoft.com, "States and
 * billing status of Azure Virtual Machines"; RULES.md.
 */
export default defineRule({
  type: "stopped_not_deallocated_vm",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: [],
  thresholds: {},
  judge: judgeStopped,
});

function judgeStopped(resource: JudgedResource, facts: ResourceFacts): Verdict {
  if (resource.status === null) return unknown("Its power state is not known.");
  if (resource.status !== "stopped") return fine(`It is ${resource.status}.`);
  const machine = readMachine(resource, facts);
  if (machine.hasEphemeralDisk) return fine("It has an ephemeral disk: Azure cannot deallocate it.");

  const compute = ofComponents(facts.costs, ["compute", "licence"]);
  const savings = savingsOfEnding(resource.id, compute, costWindow(facts, null));
  return wasteOf({
    type: "stopped_not_deallocated_vm",
    title: `Deallocate stopped virtual machine ${resource.name}`,
    description: `This machine is shut down but still holds its place in Azure, which costs as much as if it ran. Deallocating it ends that cost; its disks stay and it can be started again.${
      savings.coveredShare > 0.5
        ? " A reservation or savings plan pays for it, so this saves only what that then covers elsewhere."
        : ""
    }`,
    effort: "easy",
    risk: changeRisk("stop_vm", resource),
    savings,
    confidence: [0.95, "Azure says that it is stopped and not deallocated."],
    doubts: [],
    evidence: [
      { label: "Power state", value: "stopped (not deallocated)", unit: "text", window: null },
      { label: "Size", value: machine.size ?? "not known", unit: "text", window: null },
      ...(facts.openSince
        ? [{ label: "First seen stopped", value: facts.openSince, unit: "date", window: null }]
        : []),
    ],
    counterEvidence: [
      { looked: "a power state other than stopped", found: null },
      { looked: "an ephemeral system disk, with which Azure cannot deallocate", found: null },
    ],
    steps: [
      "Deallocate it: what is on the temporary disk is lost, a dynamic public address changes.",
      "Shut it down from the portal or by our action next time: a shutdown from inside keeps the cost.",
    ],
    remediation: "stop_vm",
  });
}
