import { readProperty, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { isCovered, measured, usageWindow } from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

const windowDays = 14;

/**
 * idle_load_balancer: a Standard load balancer whose backend pools have no member and whose NAT rules lead
 * nowhere, or that took fewer than 100 new connections in 14 days. Not for those of Kubernetes clusters, nor for
 * ones that only forward ports by NAT rules. Basic ones are retired (30 Sep 2025): a reliability finding, not a
 * saving. Its public addresses remain and are not counted. Source: RULES.md.
 */
export default defineRule({
  type: "idle_load_balancer",
  resourceTypes: ["microsoft.network/loadbalancers"],
  metrics: ["new_flows/total"],
  thresholds: {
    connections: {
      default: 100,
      minimum: 1,
      maximum: 100_000,
      unit: "count",
      description: "New connections in 14 days: fewer is idle",
    },
  },
  judge: judgeLoadBalancer,
});

function judgeLoadBalancer(
  balancer: JudgedResource,
  facts: ResourceFacts,
  { connections }: Limits<"connections">,
): Verdict {
  const sku = readText(balancer.properties, "sku", "name")?.toLowerCase();
  if (sku !== "standard") return fine(`A ${sku ?? "load balancer of unknown kind"} one saves nothing.`);
  const cluster =
    /^kubernetes(-internal)?$/i.test(balancer.name) || /\/resourcegroups\/mc_/i.test(balancer.id);
  if (cluster) return fine("It belongs to a Kubernetes cluster.");

  const pools = listed(balancer, "backendAddressPools") ?? [];
  const members = pools.reduce((sum: number, pool) => sum + memberCount(pool), 0);
  const forwards =
    (listed(balancer, "inboundNatRules") ?? []).some(
      (rule) =>
        readProperty(rule, "properties", "backendIPConfiguration") !== undefined ||
        // Newer rules lead to a pool: to whichever of its members a port belongs.
        (members > 0 && readProperty(rule, "properties", "backendAddressPool") !== undefined),
    ) || (listed(balancer, "inboundNatPools") ?? []).length > 0;
  if (members === 0 && forwards) return fine("It forwards ports by NAT rules.");

  const counterEvidence = [
    ...lookFor(balancer, [disasterRecovery]),
    { looked: "NAT rules and pools in use", found: null },
    { looked: "Kubernetes cluster", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Idle on purpose: ${kept}.`);
  const flows = measured(facts.usage, "new_flows/total", windowDays).reduce((sum, value) => sum + value, 0);
  const counted = isCovered(facts.usage, "new_flows/total", windowDays);
  if (members > 0) {
    if (forwards) return fine("It forwards ports by NAT rules.");
    if (!counted) return unknown("Its connections are not measured throughout the last 14 days.");
    if (flows >= connections) return fine("It is used.");
  }
  return wasteOf({
    type: "idle_load_balancer",
    title: `Delete idle load balancer ${balancer.name}`,
    description:
      members === 0
        ? "Nothing stands behind this load balancer: its backend pools are empty and no NAT rule leads anywhere. Its rules are billed every hour all the same."
        : `This load balancer took ${Math.round(flows)} new connections in ${windowDays} days. Its rules are billed every hour all the same.`,
    effort: members === 0 ? "easy" : "medium",
    risk: changeRisk("delete_load_balancer", balancer),
    savings: savingsOfEnding(balancer.id, facts.costs, costWindow(facts, null)),
    confidence: members === 0 ? [0.95, "It has no backend."] : [0.85, "Hardly anybody connects to it."],
    doubts: [],
    evidence: [
      { label: "Backend members", value: String(members), unit: "count", window: null },
      ...(counted
        ? [
            {
              label: "New connections",
              value: String(Math.round(flows)),
              unit: "count",
              window: usageWindow(facts.usage, windowDays),
            },
          ]
        : []),
    ],
    counterEvidence,
    steps: [
      "Check that no DNS record leads to its addresses and that nothing is about to be put behind it.",
      "Delete the load balancer, then release public addresses that only it used.",
    ],
    // Members would lose their place in its pools for good.
    ...(members === 0 ? { remediation: "delete_load_balancer" } : {}),
  });
}

function listed(balancer: JudgedResource, name: string): unknown[] | undefined {
  const value = readProperty(balancer.properties, name);
  return Array.isArray(value) ? value : undefined;
}

function memberCount(pool: unknown): number {
  const lists = ["backendIPConfigurations", "loadBalancerBackendAddresses"].map((name) =>
    readProperty(pool, "properties", name),
  );
  return Math.max(0, ...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
}
