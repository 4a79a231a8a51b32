import { readText } from "../../clouds/read-property.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { type Evidence, fine, unknown, type Verdict } from "../finding.ts";
import { highest, isCovered, type MetricKey, measured, usageWindow } from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

const windowDays = 14;

/** What of a gateway's traffic was seen in the window; null: too little was measured to say. */
interface Traffic {
  isIdle: boolean;
  /** As the end of "In 14 days …". */
  words: string;
  evidence: Omit<Evidence, "window">[];
}

/**
 * idle_gateway: a NAT gateway or application gateway that took fewer than 100 connections or requests in 14 days, or a
 * VPN gateway through whose tunnels nothing but keep-alives went and to which no client connected. They are billed by
 * the hour, used or not. What is not measured is unknown, never idle. Not for gateways of a Kubernetes ingress, nor for
 * ExpressRoute, which goes with its circuit. Its public addresses remain. Source: RULES.md, "also wanted"; Azure
 * Advisor, "idle virtual network gateways".
 */
export default defineRule({
  type: "idle_gateway",
  resourceTypes: [
    "microsoft.network/natgateways",
    "microsoft.network/applicationgateways",
    "microsoft.network/virtualnetworkgateways",
  ],
  metrics: [
    "new_flows/total",
    "requests/total",
    "tunnel_bytes_per_second/average",
    "client_connections/maximum",
  ],
  thresholds: {
    connections: {
      default: 100,
      minimum: 1,
      maximum: 100_000,
      unit: "count",
      description: "Connections (NAT) or requests (application gateway) in 14 days: fewer is idle",
    },
    tunnelBytesPerSecond: {
      default: 100,
      minimum: 1,
      maximum: 100_000,
      unit: "count",
      description: "Bytes a second through a VPN gateway's tunnels in its busiest hour: fewer is idle",
    },
  },
  judge: judgeGateway,
});

function judgeGateway(
  gateway: JudgedResource,
  facts: ResourceFacts,
  limits: Limits<"connections" | "tunnelBytesPerSecond">,
): Verdict {
  const kind = kinds[gateway.type]!;
  if (/^expressroute$/i.test(readText(gateway.properties, "gatewayType") ?? "")) {
    return fine("It goes with its ExpressRoute circuit.");
  }
  if (/^stopped$/i.test(readText(gateway.properties, "operationalState") ?? "")) {
    return fine("It is stopped, which costs nothing.");
  }
  const counterEvidence = lookFor(gateway, [disasterRecovery, kubernetesIngress]);
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Idle on purpose: ${kept}.`);
  const traffic = kind.traffic(gateway, facts, limits);
  if (!traffic) return unknown("Its traffic is not measured throughout 14 days.");
  if (!traffic.isIdle) return fine("It is used.");
  const window = usageWindow(facts.usage, windowDays);
  return wasteOf({
    type: "idle_gateway",
    title: `Delete idle ${kind.noun} ${gateway.name}`,
    description: `In ${windowDays} days ${traffic.words}. It is billed every hour all the same.`,
    effort: "medium",
    risk: kind.risk,
    savings: savingsOfEnding(gateway.id, facts.costs, costWindow(facts, null)),
    confidence: [0.85, `Hardly anything went through it for ${windowDays} days.`],
    doubts: [],
    evidence: traffic.evidence.map((one) => ({ ...one, window })),
    counterEvidence,
    steps: [kind.check, "Delete the gateway, then release public addresses that only it used."],
  });
}

/** Made and filled by a cluster's ingress controller. */
const kubernetesIngress = {
  looked: "Kubernetes ingress (tag or a cluster's node group)",
  tag: /managed-by-k8s-ingress|ingress-for-aks|aks-managed/i,
  group: /^mc_/i,
};

interface GatewayKind {
  noun: string;
  risk: "medium" | "high";
  check: string;
  traffic(
    gateway: JudgedResource,
    facts: ResourceFacts,
    limits: Limits<"connections" | "tunnelBytesPerSecond">,
  ): Traffic | null;
}

const kinds: Record<string, GatewayKind> = {
  "microsoft.network/natgateways": {
    noun: "NAT gateway",
    risk: "medium",
    check: "Check that no subnet needs it to reach the internet; without it new connections fail.",
    traffic: (_gateway, facts, limits) => counted(facts, "new_flows/total", "connections", limits),
  },
  "microsoft.network/applicationgateways": {
    noun: "application gateway",
    risk: "medium",
    check:
      "Check that no DNS record leads to it, and keep its certificates and rules if they are used elsewhere.",
    traffic: (_gateway, facts, limits) => counted(facts, "requests/total", "requests", limits),
  },
  "microsoft.network/virtualnetworkgateways": {
    noun: "VPN gateway",
    risk: "high",
    check:
      "Ask who runs the other ends: made again, it takes most of an hour, and its shared keys have to be set anew.",
    traffic: tunnelTraffic,
  },
};

function counted(
  { usage }: ResourceFacts,
  metric: MetricKey,
  what: string,
  { connections }: Limits<"connections">,
): Traffic | null {
  if (!isCovered(usage, metric, windowDays)) return null;
  const count = Math.round(measured(usage, metric, windowDays).reduce((sum, value) => sum + value, 0));
  return {
    isIdle: count < connections,
    words: `it took ${count} ${what}`,
    evidence: [
      { label: what === "requests" ? "Requests" : "New connections", value: String(count), unit: "count" },
    ],
  };
}

function tunnelTraffic(
  gateway: JudgedResource,
  { usage }: ResourceFacts,
  { tunnelBytesPerSecond }: Limits<"tunnelBytesPerSecond">,
): Traffic | null {
  const clientsCovered = isCovered(usage, "client_connections/maximum", windowDays);
  // Where no client can connect, Azure need not count any.
  const takesClients = gateway.properties.vpnClientConfiguration !== undefined;
  if (!isCovered(usage, "tunnel_bytes_per_second/average", windowDays)) return null;
  if (takesClients && !clientsCovered) return null;
  const bytes = highest(measured(usage, "tunnel_bytes_per_second/average", windowDays));
  const clients = clientsCovered ? highest(measured(usage, "client_connections/maximum", windowDays)) : 0;
  return {
    isIdle: bytes < tunnelBytesPerSecond && clients === 0,
    words: "no client connected to it, and nothing but keep-alives went through its tunnels",
    evidence: [
      {
        label: "Bytes a second through its tunnels, busiest hour",
        value: String(Math.round(bytes)),
        unit: "bytes",
      },
      { label: "Clients connected at most", value: String(clients), unit: "count" },
    ],
  };
}
