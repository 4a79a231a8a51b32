import { readProperty, readText } from "../../clouds/read-property.ts";
import { decimal } from "../../kernel/money.ts";
import { environmentOf } from "../../remediation/is-production.ts";
import { ofComponents } from "../cost-component.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { advisorIdleDays } from "../idle-window.ts";
import {
  interruptibleName,
  interruptibleTag,
  mustNotStop,
  nodePoolOf,
  shortLives,
} from "../interruptible.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { isLicenceInCompute } from "../machine-price.ts";
import { defineRule } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { readMachine, type VirtualMachine } from "../virtual-machine.ts";
import { wasteOf } from "../waste.ts";

const scaleSetType = "microsoft.compute/virtualmachinescalesets";
const lifeDays = 30;

/**
 * spot_instance: capacity on demand for work that may be interrupted, by evidence: a batch or build role in a tag or
 * name, lives of under 6 hours, a scale set outside production, an autoscaling AKS user pool without spot outside
 * production. Not what keeps state on data disks, and in production only what a tag allows. Spot capacity saves the
 * difference of list prices at the own rate; Azure may take it back within 30 seconds. Source: RULES.md,
 * "Recommendation rules"; learn.microsoft.com, "Use Azure Spot Virtual Machines".
 */
export default defineRule({
  type: "spot_instance",
  resourceTypes: ["microsoft.compute/virtualmachines", scaleSetType],
  metrics: ["cpu_percent/maximum", "cpu_percent/average", "network_out_bytes/total"],
  thresholds: {},
  judge: judgeSpot,
});

function judgeSpot(resource: JudgedResource, facts: ResourceFacts): Verdict {
  const isScaleSet = resource.type === scaleSetType;
  const machine = isScaleSet ? readScaleSet(resource, facts) : readMachine(resource, facts);
  if (machine.isSpot) return fine("It is on spot capacity already.");
  if (!isScaleSet && (resource.status === "deallocated" || resource.status === "stopped")) {
    return fine(`It is ${resource.status}.`);
  }
  if (advisorIdleDays(facts.usage)) return fine("It does nothing: stopping it comes first.");
  const evidence = isScaleSet ? scaleSetEvidence(resource, facts) : machineEvidence(resource, facts, machine);
  if (!("reason" in evidence)) return evidence;
  const counterEvidence = [
    ...lookFor(resource, [disasterRecovery]),
    {
      looked: "a tag that says it must not be interrupted, or keeps state",
      found: mustNotStop(resource.tags),
    },
    { looked: "data disks, which keep state", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Not to be interrupted: ${kept}.`);

  const costs = ofComponents(facts.costs, ["compute", "licence"]);
  const os = isLicenceInCompute(machine, costs) ? "Windows" : "Linux";
  const list = machine.size && resource.region ? facts.prices.vm(resource.region, machine.size, os) : null;
  if (!list?.spot) return unknown("The price of spot capacity for its size is not known.");
  const remaining = decimal(list.spot.value).dividedBy(list.payAsYouGo.value);
  if (remaining.greaterThanOrEqualTo(1)) return fine("Spot capacity is no cheaper there.");
  const savings = savingsOfScaling(
    resource.id,
    costs,
    costWindow(facts, null),
    (component) => (component === "compute" ? remaining : 1),
    "less what remains by list prices of spot ÷ pay as you go",
  );
  if (savings.coveredShare > 0.5) return fine("A reservation or savings plan pays for it.");
  return wasteOf({
    type: "spot_instance",
    title: `Move ${resource.name} to spot capacity`,
    description: `What ${resource.name} does may be interrupted: ${evidence.reason}. Spot capacity is what Azure has left over: the same hardware for a fraction of the price, which Azure may take back with 30 seconds' notice. ${isScaleSet ? "A new scale set or node pool on spot takes over, with a few machines on demand beside it where work must go on." : "The machine has to be made anew as a spot machine from its disk or image."}`,
    effort: "hard",
    risk: "medium",
    savings,
    confidence: [evidence.isSure ? 0.8 : 0.65, `Interruptible: ${evidence.reason}.`],
    doubts: ["Prices and evictions of spot capacity change; the price is today's.", ...facts.prices.doubts],
    evidence: [
      { label: "May be interrupted because", value: evidence.reason, unit: "text", window: null },
      { label: "Size", value: machine.size ?? "not known", unit: "text", window: null },
      {
        label: "Pay as you go, list price an hour",
        value: list.payAsYouGo.value,
        unit: list.payAsYouGo.currency,
        window: null,
      },
      { label: "Spot, list price an hour", value: list.spot.value, unit: list.spot.currency, window: null },
    ],
    counterEvidence,
    steps: [
      "Make sure that the work resumes after an interruption (checkpoints, a queue, retries).",
      "Look at the eviction rate of the size in its region; have a second size ready.",
      isScaleSet
        ? "Add a spot pool or scale set with autoscaling, move the work there and shrink the old one."
        : "Make a spot machine from its image or disk, move the work there and delete the old one.",
    ],
    target: { label: `${machine.size} on spot capacity`, sku: "Spot" },
  });
}

type Interruptible = { reason: string; isSure: boolean };

function machineEvidence(
  resource: JudgedResource,
  facts: ResourceFacts,
  machine: VirtualMachine,
): Interruptible | Verdict {
  const tag = interruptibleTag(resource.tags);
  if (environmentOf(resource) === "production" && !tag?.isExplicit) return fine("It is production.");
  if (machine.dataDisks > 0 && !tag?.isExplicit) return fine("It keeps state on data disks.");
  if (tag) return { reason: tag.found, isSure: true };
  const name = interruptibleName(resource.name);
  if (name) return { reason: `its name says ${name}`, isSure: false };
  const lives = shortLives(facts.usage, lifeDays);
  if (lives) {
    const reason = `it ran ${lives.count} times in ${lifeDays} days, for ${lives.longestHours} hours at most`;
    return { reason, isSure: true };
  }
  return fine("Nothing says that its work may be interrupted.");
}

function scaleSetEvidence(resource: JudgedResource, facts: ResourceFacts): Interruptible | Verdict {
  const pool = nodePoolOf(resource, facts);
  if (pool === "unknown") return unknown("The node pool that it is cannot be told.");
  const owner = pool?.cluster ?? resource;
  const tag = interruptibleTag({ ...owner.tags, ...resource.tags });
  const environment = environmentOf(owner) ?? environmentOf(resource);
  if (environment === "production" && !tag?.isExplicit) return fine("It is production.");
  const disks = readProperty(resource.properties, "virtualMachineProfile", "storageProfile", "dataDisks");
  if (Array.isArray(disks) && disks.length > 0 && !tag?.isExplicit)
    return fine("It keeps state on data disks.");
  if (pool) {
    if (pool.isSpot) return fine("It is on spot capacity already.");
    if (!pool.isUserPool) return fine("The cluster's own services run on it.");
    return pool.isAutoscaling
      ? {
          reason: `node pool ${pool.name} of ${owner.name} scales by itself and runs user work only`,
          isSure: true,
        }
      : fine("Its number of nodes is fixed.");
  }
  if (tag) return { reason: tag.found, isSure: true };
  return environment === "elsewhere"
    ? { reason: "it is a scale set outside production, whose machines replace each other", isSure: true }
    : fine("Nothing says that its work may be interrupted.");
}

/** A scale set's machines are alike: its model is read as one of them. */
function readScaleSet(resource: JudgedResource, facts: ResourceFacts): VirtualMachine {
  const model = readProperty(resource.properties, "virtualMachineProfile");
  const bag = typeof model === "object" && model !== null ? { ...model } : {};
  const vmSize = readText(resource.properties, "sku", "name");
  return readMachine({ ...resource, properties: { ...bag, hardwareProfile: { vmSize } } }, facts);
}
