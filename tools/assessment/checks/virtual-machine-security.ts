import type { Check } from "../check.ts";
import type { Condition } from "../condition.ts";

const appliesTo = ["microsoft.compute/virtualmachines"];
const osType = "properties.storageProfile.osDisk.osType";
const windows: Condition = { path: osType, equals: "Windows" };

/** Security and cost of virtual machines. */
export const virtualMachineSecurityChecks: Check[] = [
  {
    id: "SEC-VM-01",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: { path: "properties.securityProfile.encryptionAtHost", equals: true, absent: false },
    evidence: [{ label: "Encryption at host", path: "properties.securityProfile.encryptionAtHost" }],
    question: "Is encryption at host on?",
    why: "Without it the temporary disk and the disk caches lie unencrypted on the host.",
    fix: "Register the feature for the subscription, deallocate the machine, switch encryption at host on and start it.",
    source: "https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview",
  },
  {
    id: "SEC-VM-02",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: {
      path: "properties.securityProfile.securityType",
      in: ["TrustedLaunch", "ConfidentialVM"],
      absent: false,
    },
    evidence: [{ label: "Security type", path: "properties.securityProfile.securityType" }],
    question: "Does the machine start by trusted launch?",
    why: "Trusted launch keeps boot kits and changed drivers from starting before the operating system can defend itself.",
    fix: "Upgrade a generation 2 machine in place to trusted launch; a generation 1 machine is converted first.",
    source: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
  },
  {
    id: "SEC-VM-03",
    pillar: "security",
    severity: "low",
    appliesTo,
    when: { path: "properties.securityProfile.securityType", equals: "TrustedLaunch", absent: false },
    passes: {
      allOf: [
        {
          path: "properties.securityProfile.uefiSettings.secureBootEnabled",
          equals: true,
          absent: false,
        },
        { path: "properties.securityProfile.uefiSettings.vTpmEnabled", equals: true, absent: false },
      ],
    },
    evidence: [
      { label: "Secure boot", path: "properties.securityProfile.uefiSettings.secureBootEnabled" },
      { label: "Virtual TPM", path: "properties.securityProfile.uefiSettings.vTpmEnabled" },
    ],
    question: "Are secure boot and the virtual TPM of trusted launch switched on?",
    why: "Trusted launch protects the start only with both of them: one checks signatures, the other keeps the measurements.",
    fix: "Stop the machine, switch secure boot and vTPM on in its configuration and start it again.",
    source: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
  },
  {
    id: "SEC-VM-04",
    pillar: "security",
    severity: "high",
    appliesTo,
    when: { path: osType, equals: "Linux" },
    passes: {
      path: "properties.osProfile.linuxConfiguration.disablePasswordAuthentication",
      equals: true,
      absent: false,
    },
    evidence: [
      {
        label: "Password sign-in disabled",
        path: "properties.osProfile.linuxConfiguration.disablePasswordAuthentication",
      },
    ],
    question: "Do people sign in to the Linux machine by key rather than by password?",
    why: "Passwords over SSH are guessed by machines all day long; keys can't be.",
    fix: "Put public keys on the machine, disable password sign-in in sshd, and deploy new machines without passwords.",
    source: "https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed",
  },
  {
    id: "SEC-VM-05",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: {
      related: "network_interface",
      direction: "uses",
      each: {
        each: "properties.ipConfigurations",
        holds: { not: { path: "item.properties.publicIPAddress.id", exists: true } },
        absent: true,
      },
    },
    evidence: [
      {
        label: "Network cards",
        path: "properties.networkProfile.networkInterfaces",
        show: "item.id",
      },
    ],
    question: "Is the machine without a public address of its own?",
    why: "Every machine that the internet can reach directly is scanned within minutes, and one forgotten rule opens it.",
    fix: "Put it behind a load balancer or application gateway, use Bastion to sign in and a NAT gateway to go out.",
    source: "https://learn.microsoft.com/azure/bastion/bastion-overview",
  },
  {
    id: "COST-VM-01",
    pillar: "cost_optimization",
    severity: "high",
    appliesTo,
    passes: { not: { path: "status", equals: "stopped" } },
    evidence: [{ label: "Power state", path: "status" }],
    question: "Is a machine that is off also deallocated?",
    why: "A machine shut down from inside keeps its hardware reserved and is billed in full.",
    fix: "Deallocate it: stop it in the portal or by the Azure API rather than in the operating system.",
    source: "https://learn.microsoft.com/azure/virtual-machines/states-billing",
  },
  {
    id: "COST-VM-02",
    pillar: "cost_optimization",
    severity: "high",
    appliesTo,
    passes: {
      allOf: [
        { not: { recommendation: "idle_vm" } },
        // Without measurements nobody knows; a deallocated machine costs nothing and has none.
        {
          anyOf: [
            { metric: "cpu_percent", statistic: "maximum", atLeast: 0 },
            { path: "status", in: ["deallocated", "deallocating"] },
          ],
        },
      ],
    },
    evidence: [{ label: "Power state", path: "status" }],
    question: "Does the machine do something for its money?",
    why: "An idle machine costs as much as a busy one.",
    fix: "Follow the recommendation for it: stop and deallocate it, and delete it when nobody asks for it.",
    source: "https://learn.microsoft.com/azure/advisor/advisor-cost-recommendations",
  },
  {
    id: "COST-VM-03",
    pillar: "cost_optimization",
    severity: "medium",
    appliesTo,
    passes: { not: { recommendation: "vm_rightsizing" } },
    evidence: [{ label: "Size", path: "properties.hardwareProfile.vmSize" }],
    question: "Does the machine's size fit its load?",
    why: "A machine twice as large as its load needs costs twice as much.",
    fix: "Resize it to the size that the recommendation proves, in a maintenance window.",
    source: "https://learn.microsoft.com/azure/advisor/advisor-cost-recommendations",
  },
  {
    id: "COST-VM-04",
    pillar: "cost_optimization",
    severity: "medium",
    appliesTo,
    when: windows,
    passes: { path: "properties.licenseType", in: ["Windows_Server", "Windows_Client"], absent: false },
    evidence: [{ label: "License type", path: "properties.licenseType" }],
    question: "Does the Windows machine use licenses that the organization already owns?",
    why: "Azure Hybrid Benefit takes the Windows license off the hourly price for who has Software Assurance.",
    fix: "If such licenses are free, set the machine's license type to Windows_Server; it takes effect at once.",
    source: "https://learn.microsoft.com/azure/virtual-machines/windows/hybrid-use-benefit-licensing",
  },
  {
    id: "COST-VM-05",
    pillar: "cost_optimization",
    severity: "medium",
    appliesTo,
    passes: { not: { recommendation: "auto_shutdown" } },
    evidence: [{ label: "Power state", path: "status" }],
    question: "Is the machine off when nobody works with it?",
    why: "A week has 168 hours, of which an office uses about 50.",
    fix: "Give non-production machines a schedule that deallocates them in the evening and starts them in the morning.",
    source: "https://learn.microsoft.com/azure/virtual-machines/auto-shutdown-vm",
  },
];
