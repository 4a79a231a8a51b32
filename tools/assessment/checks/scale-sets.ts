import type { Check } from "../check.ts";
import type { Condition } from "../condition.ts";
import { managedByCluster, production } from "./conditions.ts";

const appliesTo = ["microsoft.compute/virtualmachinescalesets"];
const own: Condition = { not: managedByCluster };
const profile = "properties.virtualMachineProfile";

export const scaleSetChecks: Check[] = [
  {
    id: "REL-VMSS-01",
    pillar: "reliability",
    severity: "high",
    appliesTo,
    when: { allOf: [own, production] },
    passes: { path: "properties.zones", countAtLeast: 2, absent: false },
    evidence: [{ label: "Availability zones", path: "properties.zones" }],
    question: "Does the production scale set span several availability zones?",
    why: "All instances in one place fail together when that place does.",
    fix: "Create the scale set anew over all zones of the region, or add zones to it where the region allows.",
    source: "https://learn.microsoft.com/azure/reliability/reliability-virtual-machine-scale-sets",
  },
  {
    id: "REL-VMSS-02",
    pillar: "reliability",
    severity: "medium",
    appliesTo,
    when: own,
    passes: { path: "properties.automaticRepairsPolicy.enabled", equals: true, absent: false },
    evidence: [{ label: "Automatic repairs", path: "properties.automaticRepairsPolicy.enabled" }],
    question: "Are unhealthy instances replaced by themselves?",
    why: "An instance that runs and does not answer still takes its share of the requests until somebody notices.",
    fix: "Add an application health probe or extension, then enable automatic repairs with a grace period.",
    source:
      "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs",
  },
  {
    id: "REL-VMSS-03",
    pillar: "reliability",
    severity: "medium",
    appliesTo,
    when: { allOf: [own, production] },
    passes: { path: "properties.sku.capacity", atLeast: 2 },
    evidence: [{ label: "Instances", path: "properties.sku.capacity" }],
    question: "Has the production scale set several instances?",
    why: "With one instance each update and each failure is an outage.",
    fix: "Raise the minimum of the scale set to several instances.",
    source: "https://learn.microsoft.com/azure/well-architected/service-guides/virtual-machines",
  },
  {
    id: "OPS-VMSS-01",
    pillar: "operational_excellence",
    severity: "low",
    appliesTo,
    when: own,
    passes: { path: "properties.orchestrationMode", equals: "Flexible" },
    evidence: [{ label: "Orchestration", path: "properties.orchestrationMode" }],
    question: "Does the scale set use flexible orchestration?",
    why: "Microsoft builds new features for flexible sets; uniform ones treat instances as things apart from ordinary machines.",
    fix: "Create new scale sets in flexible mode and move the load; the mode of an existing set cannot be changed.",
    source:
      "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes",
  },
  {
    id: "OPS-VMSS-02",
    pillar: "operational_excellence",
    severity: "medium",
    appliesTo,
    when: own,
    passes: {
      anyOf: [
        { path: "properties.upgradePolicy.mode", in: ["Automatic", "Rolling"], absent: false },
        {
          path: "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
          equals: true,
          absent: false,
        },
      ],
    },
    evidence: [{ label: "Upgrade mode", path: "properties.upgradePolicy.mode" }],
    question: "Do instances follow changes of the model by themselves?",
    why: "In manual mode instances drift apart: some have the new image, some the old.",
    fix: "Use rolling upgrades with a health probe, or automatic image upgrades.",
    source:
      "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy",
  },
  {
    id: "SEC-VMSS-01",
    pillar: "security",
    severity: "medium",
    appliesTo,
    when: own,
    passes: { path: `${profile}.securityProfile.encryptionAtHost`, equals: true, absent: false },
    evidence: [{ label: "Encryption at host", path: `${profile}.securityProfile.encryptionAtHost` }],
    question: "Is encryption at host on for the instances?",
    why: "Without it temporary disks and caches lie unencrypted on the hosts.",
    fix: "Enable encryption at host in the model of the scale set and upgrade the instances.",
    source: "https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview",
  },
  {
    id: "SEC-VMSS-02",
    pillar: "security",
    severity: "medium",
    appliesTo,
    when: own,
    passes: {
      path: `${profile}.securityProfile.securityType`,
      in: ["TrustedLaunch", "ConfidentialVM"],
      absent: false,
    },
    evidence: [{ label: "Security type", path: `${profile}.securityProfile.securityType` }],
    question: "Do the instances start by trusted launch?",
    why: "Trusted launch keeps boot kits and changed drivers from starting before the system can defend itself.",
    fix: "Set the security type of the model to trusted launch and reimage the instances.",
    source: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
  },
  {
    id: "PERF-VMSS-01",
    pillar: "performance_efficiency",
    severity: "low",
    appliesTo,
    when: own,
    passes: {
      each: `${profile}.networkProfile.networkInterfaceConfigurations`,
      holds: { path: "item.properties.enableAcceleratedNetworking", equals: true, absent: false },
    },
    evidence: [{ label: "Size", path: "properties.sku.name" }],
    question: "Do the instances use accelerated networking?",
    why: "It takes the host's switch out of the path: less delay, less jitter, less CPU for packets, at no price.",
    fix: "Enable accelerated networking in the network profile of the model and upgrade the instances.",
    source: "https://learn.microsoft.com/azure/virtual-network/accelerated-networking-overview",
  },
];
