import type { Check } from "../check.ts";
import type { Condition } from "../condition.ts";

const appliesTo = ["microsoft.network/networksecuritygroups"];
const rules = "properties.securityRules";
const everywhere = ["*", "0.0.0.0/0", "::/0", "Internet", "any"];

/** A rule that lets the whole internet in on one of the ports. */
const opens = (ports: readonly number[]): Condition => ({
  allOf: [
    { path: "item.properties.direction", equals: "Inbound" },
    { path: "item.properties.access", equals: "Allow" },
    {
      anyOf: [
        { path: "item.properties.sourceAddressPrefix", in: everywhere, absent: false },
        {
          some: "item.properties.sourceAddressPrefixes",
          holds: { path: "item", in: everywhere },
          absent: false,
        },
      ],
    },
    {
      anyOf: [
        { path: "item.properties.destinationPortRange", coversPort: ports, absent: false },
        { path: "item.properties.destinationPortRanges", coversPort: ports, absent: false },
      ],
    },
  ],
});
const closed = (ports: readonly number[]): Condition => ({ not: { some: rules, holds: opens(ports) } });
const openRules = (ports: readonly number[]) => [
  { label: "Open rules", path: rules, where: opens(ports), show: "item.name" },
];

const ssh = [22];
const remoteDesktop = [3389];
// SQL Server, Oracle, MySQL, PostgreSQL, Redis, Elasticsearch, MongoDB.
const databases = [1433, 1521, 3306, 5432, 6379, 9200, 27017];
// RPC, NetBIOS, SMB, WinRM.
const windowsServices = [135, 139, 445, 5985, 5986];
// FTP, Telnet: nothing is encrypted.
const clearText = [21, 23];

export const networkSecurityGroupChecks: Check[] = [
  {
    id: "SEC-NSG-01",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: closed(ssh),
    evidence: openRules(ssh),
    question: "Is SSH (port 22) closed to the internet?",
    why: "Open SSH ports are tried with stolen keys and guessed passwords all day long.",
    fix: "Delete the rule or narrow its source to your own addresses; sign in by Bastion or just-in-time access.",
    source: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  },
  {
    id: "SEC-NSG-02",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: closed(remoteDesktop),
    evidence: openRules(remoteDesktop),
    question: "Is remote desktop (port 3389) closed to the internet?",
    why: "Open remote desktop is the commonest way in for ransomware.",
    fix: "Delete the rule or narrow its source to your own addresses; sign in by Bastion or just-in-time access.",
    source: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  },
  {
    id: "SEC-NSG-03",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: closed(databases),
    evidence: openRules(databases),
    question: "Are database ports closed to the internet?",
    why: "Databases are meant to be reached by the application, not by everybody; several have shipped with no password at all.",
    fix: "Allow the application's subnet or security group alone as the source.",
    source: "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
  },
  {
    id: "SEC-NSG-04",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: closed(windowsServices),
    evidence: openRules(windowsServices),
    question: "Are Windows file sharing and remote management closed to the internet?",
    why: "Worms spread by exactly these ports; no service meant for the public uses them.",
    fix: "Delete the rule; reach these services over a VPN or a peered network.",
    source: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  },
  {
    id: "SEC-NSG-05",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: closed(clearText),
    evidence: openRules(clearText),
    question: "Are FTP and Telnet closed to the internet?",
    why: "Both send passwords so that everybody on the way can read them.",
    fix: "Use SFTP or SSH in their place and delete the rule.",
    source: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  },
  {
    id: "OPS-NSG-01",
    pillar: "operational_excellence",
    severity: "low",
    appliesTo,
    passes: {
      anyOf: [
        { path: "properties.subnets", countAtLeast: 1, absent: false },
        { path: "properties.networkInterfaces", countAtLeast: 1, absent: false },
        { related: "network_security_group", direction: "used_by", countAtLeast: 1 },
      ],
    },
    evidence: [{ label: "Rules", path: rules, show: "item.name" }],
    question: "Does the security group protect anything?",
    why: "A group on no subnet and no card does nothing, yet looks as if it did.",
    fix: "Attach it to the subnet that it was made for, or delete it.",
    source: "https://learn.microsoft.com/azure/virtual-network/manage-network-security-group",
  },
];
