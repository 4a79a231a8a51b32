import type { Activity } from "../tenant/tenant-schema.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfMonthly } from "./catalog.ts";
import { place, type Workload } from "./workload.ts";

const services = {
  natGateways: { service: "NAT Gateway", meter: "Standard Gateway", monthly: 32.85, sku: "Standard" },
  virtualNetworkGateways: { service: "VPN Gateway", meter: "VpnGw1AZ", monthly: 138.7, sku: "VpnGw1AZ" },
  applicationGateways: {
    service: "Application Gateway",
    meter: "Standard Fixed Cost",
    monthly: 179.6,
    sku: "Standard_v2",
  },
} as const;
type GatewayType = keyof typeof services;

const flat = (metric: string, day: number, more: Partial<Activity> = {}): Activity => ({
  metric,
  day,
  night: 0,
  growthPercent: 0,
  ...more,
});
const silentTunnels = [flat("AverageBandwidth", 0), flat("P2SConnectionCount", 0)];

/** Gateways through which nothing goes, and ones that only look so. */
export const idleGateways: Workload = (builder, round) => {
  const network = place(builder, round, {
    subscription: "shared",
    group: "rg-gateways",
    application: "network",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
  });
  const add = (
    type: GatewayType,
    name: string,
    activity: Activity[] | undefined,
    more: { properties?: Record<string, unknown>; fixedTags?: Record<string, string> } = {},
  ) => addGateway(builder, network, type, `${name}${round.suffix}`, { activity, ...more });
  const since = builder.calendar.beforeQuarter(50);
  for (const [{ id }, why] of [
    [add("natGateways", "nat-lab", [flat("SNATConnectionCount", 0)]), "Nothing goes out through it."],
    [
      add("virtualNetworkGateways", "vgw-branch", [
        // Keep-alives of a branch that has closed.
        flat("AverageBandwidth", 12, { night: 12 }),
        flat("P2SConnectionCount", 0),
      ]),
      "Its tunnels carry keep-alives only.",
    ],
    [
      add("applicationGateways", "agw-old-portal", [flat("TotalRequests", 0)]),
      "Nobody asks it for anything.",
    ],
  ] as const) {
    builder.plant({ kind: "waste", type: "idle_gateway", resourceId: id, since, why });
  }
  for (const [{ id }, why] of [
    [
      add("natGateways", "nat-nightly", [
        flat("SNATConnectionCount", 0, { burst: { everyHours: 24, value: 60 } }),
      ]),
      "A job goes out through it every night.",
    ],
    [
      add("virtualNetworkGateways", "vgw-remote", [
        flat("AverageBandwidth", 0),
        flat("P2SConnectionCount", 9),
      ]),
      "People at home connect to it; it has no tunnels.",
    ],
    [
      add("virtualNetworkGateways", "vgw-second-site", silentTunnels, {
        fixedTags: { Role: "disaster-recovery" },
      }),
      "It waits for a failover.",
    ],
    [
      add("virtualNetworkGateways", "ergw-hub", silentTunnels, {
        properties: { gatewayType: "ExpressRoute" },
      }),
      "Of an ExpressRoute circuit: it has no tunnels.",
    ],
    [add("applicationGateways", "agw-partners", [flat("TotalRequests", 4)]), "A partner asks now and then."],
    [add("applicationGateways", "agw-untold", undefined), "Monitor has nothing of it."],
  ] as const) {
    builder.plant({ kind: "trap", type: "idle_gateway", resourceId: id, why });
  }
};

function addGateway(
  builder: Builder,
  network: Place,
  type: GatewayType,
  name: string,
  {
    activity,
    ...more
  }: {
    activity: Activity[] | undefined;
    properties?: Record<string, unknown>;
    fixedTags?: Record<string, string>;
  },
) {
  const { service, meter, monthly, sku } = services[type];
  const gateway = builder.add(network, {
    type: `Microsoft.Network/${type}`,
    name,
    sku: { name: sku, tier: sku },
    // An empty list: Monitor has nothing of it.
    activity: activity ?? [],
    ...more,
  });
  builder.charge(gateway, {
    service,
    meter,
    amount: { kind: "fixed", daily: dailyOfMonthly(monthly) },
  });
  return gateway;
}
