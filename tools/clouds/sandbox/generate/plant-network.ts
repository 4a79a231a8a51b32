import type { Activity } from "../tenant/tenant-schema.ts";
import { addLoadBalancer } from "./add-network.ts";
import { addVm } from "./add-vm.ts";
import { developmentPlace, productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

const noTraffic: Activity[] = ["ByteCount", "SYNCount"].map((metric) => ({
  metric,
  day: 0,
  night: 0,
  growthPercent: 0,
}));

/** Load balancers that balance nothing, and network cards without an owner; and ones that only look so. */
export const forgottenNetwork: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const prod = productionPlace(builder, round);
  const since = builder.calendar.beforeQuarter(50);
  const vm = addVm(builder, prod, {
    name: numbered("vm-gateway-prod", round, 1),
    size: "Standard_D4s_v5",
    usage: { cpuNightPercent: 33, cpuDayPercent: 56, memoryUsedShare: 0.7 },
  });
  const card = builder.id(prod, "Microsoft.Network/networkInterfaces", `nic-${vm.name}`);
  const balancer = (place: typeof dev, name: string, cards: string[], more: object = {}) => {
    addLoadBalancer(builder, place, `${name}${round.suffix}`, cards, more);
    return builder.id(place, "Microsoft.Network/loadBalancers", `lb-${name}${round.suffix}`);
  };
  for (const [resourceId, why] of [
    [balancer(dev, "dev-trial", [], { activity: noTraffic }), "Nothing is behind it."],
    [balancer(prod, "old-shop-prod", [card], { activity: noTraffic }), "Nobody has connected for weeks."],
  ] as const) {
    builder.plant({ kind: "waste", type: "idle_load_balancer", resourceId, since, why });
  }
  builder.plant({
    kind: "trap",
    type: "idle_load_balancer",
    resourceId: balancer(prod, "jump-prod", [], {
      inboundNatRules: [
        {
          name: "ssh",
          properties: {
            protocol: "Tcp",
            frontendPort: 50_022,
            backendPort: 22,
            backendIPConfiguration: { id: `${card}/ipConfigurations/ipconfig1` },
          },
        },
      ],
      loadBalancingRules: [],
    }),
    why: "It has no backend pool's members, but its NAT rules are in use.",
  });

  const orphan = builder.add(dev, {
    type: "Microsoft.Network/networkInterfaces",
    name: numbered("nic-left-over", round, 1),
    properties: { ipConfigurations: [{ name: "ipconfig1", properties: { primary: true } }] },
  });
  builder.plant({
    kind: "waste",
    type: "orphaned_nic",
    resourceId: orphan.id,
    since,
    why: "Its machine was deleted without it.",
  });
  const endpointId = builder.id(prod, "Microsoft.Network/privateEndpoints", `pe-orders${round.suffix}`);
  const endpointCard = builder.add(prod, {
    type: "Microsoft.Network/networkInterfaces",
    name: `pe-orders${round.suffix}.nic.7f1c`,
    properties: {
      privateEndpoint: { id: endpointId },
      ipConfigurations: [{ name: "privateEndpointIpConfig", properties: { primary: true } }],
    },
  });
  builder.add(prod, {
    type: "Microsoft.Network/privateEndpoints",
    name: `pe-orders${round.suffix}`,
    properties: { networkInterfaces: [{ id: endpointCard.id }] },
  });
  builder.plant({
    kind: "trap",
    type: "orphaned_nic",
    resourceId: endpointCard.id,
    why: "It belongs to a private endpoint, not to a machine.",
  });
};
