import type { Effect } from "./finding.ts";
import type { DayCost } from "./net-rate.ts";

export type CostComponent = Effect["component"];

/**
 * Which part of a resource a charge pays, by Azure's service names: the licence of a machine is a service of its
 * own ("Virtual Machines Licenses"), so is its traffic ("Bandwidth").
 */
export function costComponent(service: string): CostComponent {
  if (/licen[cs]e/i.test(service)) return "licence";
  if (/^virtual machines/i.test(service)) return "compute";
  if (/^storage|disk|snapshot/i.test(service)) return "storage";
  if (/bandwidth|virtual network|load balancer|nat gateway|ip address/i.test(service)) return "network";
  return "platform";
}

/** The costs of some components, in the order given. */
export function ofComponents(costs: readonly DayCost[], components: readonly CostComponent[]): DayCost[] {
  return costs.filter(({ service }) => components.includes(costComponent(service)));
}
