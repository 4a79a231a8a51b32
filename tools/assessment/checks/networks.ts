import type { Check } from "../check.ts";
import { production } from "./conditions.ts";

const network = ["microsoft.network/virtualnetworks"];
const card = ["microsoft.network/networkinterfaces"];
const address = ["microsoft.network/publicipaddresses"];
// Azure forbids or forgoes a group, and its own gateways decide how they go out.
const gatewaySubnets = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "AzureBastionSubnet",
  "RouteServerSubnet",
];

/** Virtual networks, network cards and public addresses. */
export const networkChecks: Check[] = [
  {
    id: "SEC-VNET-01",
    pillar: "security",
    severity: "high",
    appliesTo: network,
    passes: {
      each: "properties.subnets",
      holds: {
        anyOf: [
          { path: "item.name", in: gatewaySubnets },
          { path: "item.properties.networkSecurityGroup.id", exists: true },
        ],
      },
    },
    evidence: [
      {
        label: "Subnets without a group",
        path: "properties.subnets",
        where: { not: { path: "item.properties.networkSecurityGroup.id", exists: true } },
        show: "item.name",
      },
    ],
    question: "Has every subnet a network security group?",
    why: "Without one every machine of the network can talk to every other: whoever is in one is in all.",
    fix: "Attach a security group to the subnet that allows what its applications need and denies the rest.",
    source: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  },
  {
    id: "SEC-VNET-02",
    pillar: "security",
    severity: "low",
    appliesTo: network,
    when: production,
    passes: { path: "properties.enableDdosProtection", equals: true, absent: false },
    evidence: [{ label: "DDoS protection", path: "properties.enableDdosProtection" }],
    question: "Is the production network under DDoS network protection?",
    why: "Azure's basic protection guards Azure itself; the tuned one guards your addresses, and refunds what an attack made you scale.",
    fix: "Link the network to a DDoS protection plan; one plan serves all subscriptions of a tenant.",
    source: "https://learn.microsoft.com/azure/ddos-protection/ddos-protection-overview",
  },
  {
    id: "SEC-VNET-03",
    pillar: "security",
    severity: "low",
    appliesTo: network,
    passes: {
      each: "properties.subnets",
      holds: {
        anyOf: [
          { path: "item.name", in: gatewaySubnets },
          { path: "item.properties.defaultOutboundAccess", equals: false, absent: false },
          { path: "item.properties.natGateway.id", exists: true },
          { path: "item.properties.routeTable.id", exists: true },
        ],
      },
    },
    evidence: [
      {
        label: "Subnets with implicit outbound access",
        path: "properties.subnets",
        where: { not: { path: "item.properties.defaultOutboundAccess", equals: false, absent: false } },
        show: "item.name",
      },
    ],
    question: "Is the way out to the internet chosen, rather than Azure's implicit one?",
    why: "Implicit outbound access uses addresses that belong to nobody and change; new networks no longer get it.",
    fix: "Give the subnet a NAT gateway or a route to a firewall and turn default outbound access off.",
    source: "https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access",
  },
  {
    id: "REL-VNET-01",
    pillar: "reliability",
    severity: "medium",
    appliesTo: network,
    when: { path: "properties.dhcpOptions.dnsServers", countAtLeast: 1, absent: false },
    passes: { path: "properties.dhcpOptions.dnsServers", countAtLeast: 2 },
    evidence: [{ label: "DNS servers", path: "properties.dhcpOptions.dnsServers" }],
    question: "Has the network more than a single DNS server, where it has its own?",
    why: "When the only DNS server is down, nothing in the network finds anything.",
    fix: "Add a second DNS server in another zone, or use Azure's DNS with a private resolver.",
    source:
      "https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
  },
  {
    id: "REL-VNET-02",
    pillar: "reliability",
    severity: "medium",
    appliesTo: network,
    when: { path: "properties.virtualNetworkPeerings", countAtLeast: 1, absent: false },
    passes: {
      each: "properties.virtualNetworkPeerings",
      holds: { path: "item.properties.peeringState", equals: "Connected" },
    },
    evidence: [
      {
        label: "Peerings that are not connected",
        path: "properties.virtualNetworkPeerings",
        where: { not: { path: "item.properties.peeringState", equals: "Connected" } },
        show: "item.name",
      },
    ],
    question: "Are all peerings of the network connected?",
    why: "A peering that one side has deleted carries nothing, and says so nowhere else.",
    fix: "Delete the broken peering and make it anew on both sides.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview",
  },
  {
    id: "PERF-NIC-01",
    pillar: "performance_efficiency",
    severity: "medium",
    appliesTo: card,
    // Sizes of four cores and more of these families all support it.
    when: {
      related: "network_interface",
      direction: "used_by",
      some: {
        path: "properties.hardwareProfile.vmSize",
        matches: "^Standard_[DEFLMN][a-z]*([4-9]|[1-9]\\d+)",
        absent: false,
      },
    },
    passes: { path: "properties.enableAcceleratedNetworking", equals: true, absent: false },
    evidence: [{ label: "Accelerated networking", path: "properties.enableAcceleratedNetworking" }],
    question: "Does the network card use accelerated networking?",
    why: "It takes the host's switch out of the path: less delay, less jitter, less CPU for packets, at no price.",
    fix: "Deallocate the machine, enable accelerated networking on the card and start it.",
    source: "https://learn.microsoft.com/azure/virtual-network/accelerated-networking-overview",
  },
  {
    id: "SEC-NIC-01",
    pillar: "security",
    severity: "medium",
    appliesTo: card,
    passes: { not: { path: "properties.enableIPForwarding", equals: true, absent: false } },
    evidence: [{ label: "IP forwarding", path: "properties.enableIPForwarding" }],
    question: "Does the card refuse traffic that is not for it?",
    why: "With IP forwarding a machine can pass traffic on between networks, past the rules meant for it.",
    fix: "Turn IP forwarding off, unless the machine is a firewall or router on purpose.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface",
  },
  {
    id: "OPS-NIC-01",
    pillar: "operational_excellence",
    severity: "low",
    appliesTo: card,
    passes: {
      anyOf: [
        { path: "properties.virtualMachine.id", exists: true },
        { path: "properties.privateEndpoint.id", exists: true },
        { path: "properties.privateLinkService.id", exists: true },
        { path: "properties.managedBy", exists: true },
        { path: "properties.hostedWorkloads", countAtLeast: 1, absent: false },
        { related: "network_interface", direction: "used_by", countAtLeast: 1 },
      ],
    },
    evidence: [{ label: "Machine", path: "properties.virtualMachine.id" }],
    question: "Does the network card belong to something?",
    why: "Cards that were left behind keep addresses and block the deletion of subnets.",
    fix: "Delete the card when nobody knows what it is for.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface",
  },
  {
    id: "REL-PIP-01",
    pillar: "reliability",
    severity: "high",
    appliesTo: address,
    passes: { path: "properties.sku.name", in: ["Standard", "StandardV2"] },
    evidence: [{ label: "SKU", path: "properties.sku.name" }],
    question: "Is the public address of the standard kind?",
    why: "Basic addresses were retired on 30 September 2025: no zones, open by default, and no support.",
    fix: "Upgrade the address to standard; where a machine has it, detach it for the upgrade.",
    source: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance",
  },
  {
    id: "REL-PIP-02",
    pillar: "reliability",
    severity: "medium",
    appliesTo: address,
    passes: { path: "properties.publicIPAllocationMethod", equals: "Static" },
    evidence: [{ label: "Allocation", path: "properties.publicIPAllocationMethod" }],
    question: "Is the public address static?",
    why: "A dynamic address changes when what has it is stopped; firewalls and names then point to somebody else.",
    fix: "Set the allocation to static; the present address is kept.",
    source: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses",
  },
  {
    id: "COST-PIP-01",
    pillar: "cost_optimization",
    severity: "low",
    appliesTo: address,
    passes: { not: { recommendation: "unused_public_ip" } },
    evidence: [{ label: "Used by", path: "properties.ipConfiguration.id" }],
    question: "Is the public address in use?",
    why: "A standard address is billed by the hour whether or not something has it.",
    fix: "Delete it as the recommendation shows, unless others have it in their firewalls.",
    source: "https://learn.microsoft.com/azure/advisor/advisor-cost-recommendations",
  },
];
