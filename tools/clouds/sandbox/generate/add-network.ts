import { randomInteger } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfMonthly } from "./catalog.ts";

/** A virtual network with its security group; returns a subnet's id. */
export function addVirtualNetwork(builder: Builder, place: Place, name: string): string {
  const nsg = builder.add(place, {
    type: "Microsoft.Network/networkSecurityGroups",
    name: `nsg-${name}`,
    properties: {
      securityRules: [
        {
          name: "AllowHttps",
          properties: {
            protocol: "Tcp",
            destinationPortRange: "443",
            access: "Allow",
            direction: "Inbound",
            priority: 100,
          },
        },
      ],
    },
  });
  const vnet = builder.add(place, {
    type: "Microsoft.Network/virtualNetworks",
    name: `vnet-${name}`,
    properties: {
      addressSpace: {
        addressPrefixes: [`10.${randomInteger(1, 250, builder.seed, place.group, name)}.0.0/16`],
      },
      subnets: [{ name: "default", properties: { networkSecurityGroup: { id: nsg.id } } }],
    },
  });
  builder.charge(vnet, {
    service: "Virtual Network",
    meterSubCategory: "Peering",
    meter: "Intra-Region Egress",
    amount: { kind: "fixed", daily: dailyOfMonthly(14) },
  });
  return `${vnet.id}/subnets/default`;
}

/** A standard public address and its charge; `properties` say what uses it. */
export function addPublicIp(
  builder: Builder,
  place: Place,
  name: string,
  properties: Record<string, unknown> = {},
): Resource {
  const ip = builder.add(place, {
    type: "Microsoft.Network/publicIPAddresses",
    name,
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      // From the range reserved for documentation.
      ipAddress: `203.0.113.${randomInteger(1, 254, builder.seed, name)}`,
      idleTimeoutInMinutes: 4,
      ...properties,
    },
  });
  builder.charge(ip, {
    service: "Virtual Network",
    meterSubCategory: "IP Addresses",
    meter: "Standard IPv4 Static Public IP",
    amount: { kind: "fixed", daily: "0.12" },
  });
  return ip;
}

/** A standard load balancer with its address and backend. */
export function addLoadBalancer(
  builder: Builder,
  place: Place,
  name: string,
  backendNicIds: string[],
  more: { activity?: Activity[]; inboundNatRules?: unknown[]; loadBalancingRules?: unknown[] } = {},
): Resource {
  const id = builder.id(place, "Microsoft.Network/loadBalancers", `lb-${name}`);
  const ip = addPublicIp(builder, place, `pip-lb-${name}`, {
    ipConfiguration: { id: `${id}/frontendIPConfigurations/frontend` },
  });
  const balancer = builder.add(place, {
    type: "Microsoft.Network/loadBalancers",
    name: `lb-${name}`,
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      frontendIPConfigurations: [{ name: "frontend", properties: { publicIPAddress: { id: ip.id } } }],
      backendAddressPools: [
        {
          name: "backend",
          properties: {
            backendIPConfigurations: backendNicIds.map((nic) => ({
              id: `${nic}/ipConfigurations/ipconfig1`,
            })),
          },
        },
      ],
      loadBalancingRules: more.loadBalancingRules ?? [
        { name: "https", properties: { protocol: "Tcp", frontendPort: 443 } },
      ],
      inboundNatRules: more.inboundNatRules ?? [],
    },
    ...(more.activity ? { activity: more.activity } : {}),
  });
  builder.charge(balancer, {
    service: "Load Balancer",
    meterSubCategory: "Standard",
    meter: "Included LB Rules and Outbound Rules",
    amount: { kind: "fixed", daily: "0.6" },
  });
  return ip;
}
