import type { Check } from "../check.ts";
import { production } from "./conditions.ts";

const appliesTo = ["microsoft.compute/virtualmachines"];
const size = { label: "Size", path: "properties.hardwareProfile.vmSize" };
const system = { label: "Operating system", path: "properties.storageProfile.osDisk.osType" };

/** Reliability and performance of virtual machines. */
export const virtualMachineChecks: Check[] = [
  {
    id: "REL-VM-01",
    pillar: "reliability",
    severity: "high",
    appliesTo,
    when: production,
    passes: {
      anyOf: [
        { path: "properties.zones", exists: true },
        { path: "properties.virtualMachineScaleSet.id", exists: true },
        { path: "properties.availabilitySet.id", exists: true },
      ],
    },
    evidence: [
      { label: "Availability zones", path: "properties.zones" },
      { label: "Availability set", path: "properties.availabilitySet.id" },
    ],
    question: "Is the production virtual machine placed in a zone, scale set or availability set?",
    why: "A machine placed nowhere in particular can fail together with all its peers when a rack or data center does. Zones and sets keep copies apart.",
    fix: "Redeploy the machine into an availability zone, with at least one peer in another zone behind a load balancer.",
    source: "https://learn.microsoft.com/azure/reliability/reliability-virtual-machines",
  },
  {
    id: "REL-VM-02",
    pillar: "reliability",
    severity: "high",
    appliesTo,
    passes: {
      allOf: [
        { not: { path: "properties.storageProfile.osDisk.vhd.uri", exists: true } },
        {
          each: "properties.storageProfile.dataDisks",
          holds: { not: { path: "item.vhd.uri", exists: true } },
          absent: true,
        },
      ],
    },
    evidence: [{ label: "System disk", path: "properties.storageProfile.osDisk.name" }],
    question: "Are all disks of the virtual machine managed disks?",
    why: "Disks kept as page blobs share the limits and the fate of one storage account; Azure retires machines that use them.",
    fix: "Deallocate the machine, convert it to managed disks, start it again and delete the old blobs after a test.",
    source: "https://learn.microsoft.com/azure/virtual-machines/unmanaged-disks-deprecation",
  },
  {
    id: "REL-VM-03",
    pillar: "reliability",
    severity: "medium",
    appliesTo,
    when: production,
    passes: {
      related: "disk",
      direction: "uses",
      each: { not: { path: "properties.sku.name", equals: "Standard_LRS" } },
    },
    evidence: [size],
    question: "Does the production machine use SSDs only, so that the single-machine SLA is the higher one?",
    why: "The uptime that Azure promises for a single machine depends on its slowest disk: highest on premium SSDs, far lower when any disk is a hard disk.",
    fix: "Change the type of each standard hard disk to standard or premium SSD; the machine must be deallocated for it.",
    source: "https://learn.microsoft.com/azure/virtual-machines/disks-types",
  },
  {
    id: "REL-VM-04",
    pillar: "reliability",
    severity: "medium",
    appliesTo,
    when: production,
    passes: { not: { path: "properties.priority", in: ["Spot", "Low"], absent: false } },
    evidence: [{ label: "Priority", path: "properties.priority" }],
    question: "Does production run on regular rather than spot capacity?",
    why: "Azure takes spot machines back at 30 seconds' notice when it needs the capacity; what must stay up may not depend on them.",
    fix: "Redeploy the machine with regular priority, and keep spot for work that can be interrupted and repeated.",
    source: "https://learn.microsoft.com/azure/virtual-machines/spot-vms",
  },
  {
    id: "PERF-VM-01",
    pillar: "performance_efficiency",
    severity: "medium",
    appliesTo,
    when: production,
    passes: { not: { path: "properties.hardwareProfile.vmSize", matches: "^(Basic|Standard)_B" } },
    evidence: [size],
    question: "Does the production machine have a size with steady performance?",
    why: "Burstable sizes are throttled to a fraction of their cores once their credits are used up, which shows as sudden slowness under load.",
    fix: "Move steady production load to a general-purpose D size; keep burstable sizes for what is quiet most of the time.",
    source: "https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/b-family",
  },
  {
    id: "PERF-VM-02",
    pillar: "performance_efficiency",
    severity: "low",
    appliesTo,
    passes: {
      anyOf: [
        { path: "properties.hardwareProfile.vmSize", matches: "_v([3-9]|\\d\\d)(_|$)" },
        // Newest generations of these families have low numbers.
        { path: "properties.hardwareProfile.vmSize", matches: "^Standard_(B.*_v2|[FMN].*_v[2-9])" },
      ],
    },
    evidence: [size],
    question: "Is the machine of a current size generation?",
    why: "Older generations give less work for the same money, have no new features, and are retired one after another.",
    fix: "Resize to the newest generation of the same family that the region offers; it needs one restart.",
    source: "https://learn.microsoft.com/azure/virtual-machines/sizes/previous-gen-sizes-list",
  },
  {
    id: "PERF-VM-03",
    pillar: "performance_efficiency",
    severity: "high",
    appliesTo,
    passes: { metric: "cpu_percent", statistic: "p95", atMost: 85 },
    evidence: [
      {
        label: "95th percentile of CPU in a week, percent (limit 85)",
        metric: "cpu_percent",
        statistic: "p95",
      },
      size,
    ],
    question: "Has the machine processor capacity to spare?",
    why: "A processor that is busy nearly all the time makes requests queue; response times then rise out of proportion to the load.",
    fix: "Give the machine a larger size or share its load among more machines; look first for a process that runs wild.",
    source: "https://learn.microsoft.com/azure/well-architected/service-guides/virtual-machines",
  },
  {
    id: "OPS-VM-01",
    pillar: "operational_excellence",
    severity: "medium",
    appliesTo,
    passes: { path: "properties.diagnosticsProfile.bootDiagnostics.enabled", equals: true, absent: false },
    evidence: [{ label: "Boot diagnostics", path: "properties.diagnosticsProfile.bootDiagnostics.enabled" }],
    question: "Are boot diagnostics on?",
    why: "Without the serial log and a picture of the screen nobody can see why a machine does not start.",
    fix: "Turn boot diagnostics on with a managed storage account; nothing has to be restarted.",
    source: "https://learn.microsoft.com/azure/virtual-machines/boot-diagnostics",
  },
  {
    id: "OPS-VM-02",
    pillar: "operational_excellence",
    severity: "medium",
    appliesTo,
    passes: {
      anyOf: [
        {
          path: "properties.osProfile.linuxConfiguration.patchSettings.patchMode",
          equals: "AutomaticByPlatform",
          absent: false,
        },
        {
          path: "properties.osProfile.windowsConfiguration.patchSettings.patchMode",
          in: ["AutomaticByPlatform", "AutomaticByOS"],
          absent: false,
        },
      ],
    },
    evidence: [
      system,
      {
        label: "Patch mode (Linux)",
        path: "properties.osProfile.linuxConfiguration.patchSettings.patchMode",
      },
      {
        label: "Patch mode (Windows)",
        path: "properties.osProfile.windowsConfiguration.patchSettings.patchMode",
      },
    ],
    question: "Is the operating system patched automatically?",
    why: "Most attacks use holes for which a patch has existed for weeks; patching by hand is late or forgotten.",
    fix: "Set the patch mode to automatic by platform, with a maintenance configuration for the hours that suit.",
    source: "https://learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching",
  },
  {
    id: "OPS-VM-03",
    pillar: "operational_excellence",
    severity: "low",
    appliesTo,
    passes: {
      anyOf: [
        { path: "properties.osProfile.linuxConfiguration.provisionVMAgent", equals: true, absent: false },
        { path: "properties.osProfile.windowsConfiguration.provisionVMAgent", equals: true, absent: false },
      ],
    },
    evidence: [system],
    question: "Is the virtual machine agent there?",
    why: "Extensions for backup, monitoring, patching and password reset all need the agent.",
    fix: "Install the Azure virtual machine agent in the system and let it report once.",
    source: "https://learn.microsoft.com/azure/virtual-machines/extensions/overview",
  },
];
