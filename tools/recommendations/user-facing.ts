import { isProduction } from "../remediation/is-production.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { roleTags } from "./role-tags.ts";

const served = /(^|[^a-z0-9])(web|www|api|frontend|front-end|portal|shop|app-?gateway|proxy)([^a-z0-9]|$)/i;

/**
 * Why people wait for a machine's answers, or null: production, named or tagged as a web server, or reached through
 * a load balancer or a public address. Such machines keep more in reserve (Azure Advisor's "user-facing workloads").
 */
export function userFacingReason(machine: JudgedResource, facts: ResourceFacts): string | null {
  if (isProduction(machine)) return "it is production";
  if (served.test(machine.name) || roleTags(machine.tags).some(([, value]) => served.test(value))) {
    return "its name or a tag says that it serves people";
  }
  const cards = facts.uses("network_interface");
  if ([machine.id, ...cards].some((id) => facts.usedBy("backend", id).length > 0)) {
    return "it is behind a load balancer";
  }
  return cards.some((card) => facts.uses("public_ip", card).length > 0) ? "it has a public address" : null;
}
