import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readProperty } from "../../clouds/read-property.ts";
import { defineAction } from "../../kernel/define-action.ts";
import { changeRisk } from "../change-risk.ts";
import { deletion } from "../deletion.ts";
import { highestInLastHour } from "../highest-in-last-hour.ts";

const { parameters, ...change } = deletion({
  nouns: ["load balancer", "load balancers"],
  operation: "Microsoft.Network/loadBalancers",
  properties: [
    "frontendIPConfigurations",
    "backendAddressPools",
    "loadBalancingRules",
    "probes",
    "inboundNatRules",
    "inboundNatPools",
    "outboundRules",
  ],
  neededFor,
  async checkEvidence(reader, live) {
    const flows = live && (await highestInLastHour(reader, live, "new_flows", "total"));
    return flows ? "somebody connected to it in the last hour." : null;
  },
  undoEffects: ["It costs again; a private address of its own may be another one."],
});

/** Deletes load balancers with nothing behind them; machines would lose their place in a pool for good. */
export default defineAction({
  name: "delete_load_balancer",
  version: 1,
  title: "Delete load balancers",
  examples: ["delete the idle load balancers", "remove lb-dev-trial"],
  resourceType: "microsoft.network/loadbalancers",
  resolves: ["idle_load_balancer"],
  input: z.object({}),
  plan: async (_reader, live) => ({
    parameters: parameters(live),
    effects: [
      "Its public addresses stay, attached to nothing, and go on costing.",
      "Made again, a private address of its own may be another one.",
    ],
    risk: changeRisk("delete_load_balancer", live),
    reversible: true,
    createdMonthlyCost: null,
  }),
  ...change,
});

function neededFor(live: LiveResource): string | null {
  const { name, id, properties } = live;
  if (/^kubernetes(-internal)?$/i.test(name) || /\/resourcegroups\/mc_/i.test(id)) {
    return "belongs to a Kubernetes cluster";
  }
  const listed = (of: unknown, ...path: string[]) => {
    const value = readProperty(of, ...path);
    return Array.isArray(value) ? value : [];
  };
  const members = listed(properties, "backendAddressPools").some((pool) =>
    ["backendIPConfigurations", "loadBalancerBackendAddresses"].some(
      (list) => listed(pool, "properties", list).length > 0,
    ),
  );
  if (members) return "has members behind it";
  const forwards =
    listed(properties, "inboundNatPools").length > 0 ||
    listed(properties, "inboundNatRules").some(
      (rule) => readProperty(rule, "properties", "backendIPConfiguration") !== undefined,
    );
  return forwards ? "forwards ports by NAT rules" : null;
}
