import type { EvalCase } from "./eval-case.ts";

/** Who owns something, what part of a whole something is, and questions beside the bill in everyday words. */
export const contosoOwners: EvalCase[] = [
  {
    family: "resources",
    question: "who owns stdatalake?",
    tools: ["search_resources"],
    truth: "select tags ->> 'Owner' as name from resources where name = 'stdatalake'",
    says: /^\S+ owns stdatalake/,
  },
  {
    family: "follow-up",
    before: ["who owns stdatalake?"],
    question: "and rg-analytics?",
    tools: ["search_resources"],
    truth: `select count(*) as count, tags ->> 'Owner' as name from resources
      where resource_group = 'rg-analytics' and tags ? 'Owner' group by 2 order by 1 desc limit 1`,
  },
  {
    family: "totals",
    question: "how much of September is Kubernetes",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) filter (where service_name = 'Azure Kubernetes Service') as usd,
      sum(effective_cost) as usd_total from costs where day >= '2026-09-01' and day < '2026-10-01'`,
    says: /%[\s\S]*machines/,
  },
  {
    family: "resources",
    question: "which vms are down",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources
      where resource_type = 'microsoft.compute/virtualmachines' and status in ('stopped', 'deallocated')`,
  },
  { family: "freshness", question: "does the september total match azure", tools: ["reconcile_costs"] },
  {
    family: "freshness",
    question: "which subscriptions can't you read?",
    tools: ["get_data_freshness"],
    says: /last scan/,
  },
];
