import type { EvalCase } from "./eval-case.ts";

const vms = "from resources where resource_type = 'microsoft.compute/virtualmachines'";
const september = "from costs where day >= '2026-09-01' and day < '2026-10-01'";

/** What the inventory counts by, and claims about what leads, put the way newcomers did. */
export const contosoCounts: EvalCase[] = [
  {
    family: "resources",
    question: "which region has the most VMs",
    tools: ["search_resources"],
    truth: `select region, count(*) as count_vms ${vms} group by 1 order by 2 desc limit 1`,
  },
  {
    family: "resources",
    question: "number of VMs per region",
    tools: ["search_resources"],
    truth: `select region, count(*) as count_vms ${vms} group by 1`,
  },
  {
    family: "resources",
    question: "how many resources do we have per type",
    tools: ["search_resources"],
    truth: `select count(*) as count_resources from resources group by resource_type order by 1 desc limit 5`,
  },
  {
    family: "resources",
    question: "which team has the most disks?",
    tools: ["search_resources"],
    truth: `select tags ->> 'Team' as team, count(*) as count_disks from resources
      where resource_type = 'microsoft.compute/disks' and tags ? 'Team' group by 1 order by 2 desc limit 1`,
  },
  {
    family: "resources",
    question: "how many untagged resources per resource group",
    tools: ["search_resources"],
    truth: `select count(*) as count_resources from resources where tags = '{}'`,
  },
  {
    family: "resources",
    question: "how many VMs are switched off",
    tools: ["search_resources"],
    truth: `select count(*) as count_vms ${vms} and status in ('stopped', 'deallocated')`,
  },
  {
    family: "resources",
    question: "cost of stopped or deallocated VMs",
    tools: ["search_resources"],
    truth: `select sum(effective_cost) as usd ${september} and resource_id in (
      select resource_id ${vms} and status in ('stopped', 'deallocated'))`,
  },
  {
    family: "breakdown",
    question: "is SQL Database still our largest service",
    says: /\bYes\b/,
    truth: `select sum(effective_cost) as usd ${september} and service_name = 'SQL Database'`,
  },
  {
    family: "breakdown",
    question: "was northeurope our most expensive region in August?",
    says: /\bNo\b.*West Europe/,
    truth: `select sum(effective_cost) as usd from costs
      where day >= '2026-08-01' and day < '2026-09-01' and region in ('westeurope', 'West Europe', 'EU West')`,
  },
  {
    family: "breakdown",
    question: "costliest thing in rg-web-prod",
    truth: `select resource_name, sum(effective_cost) as usd ${september}
      and resource_group = 'rg-web-prod' group by 1 order by 2 desc limit 1`,
  },
  {
    family: "recommendations",
    question: "what would we save if we deleted all unattached disks",
    tools: ["get_savings_total", "list_recommendations"],
    truth: `select sum(monthly_savings) as usd from recommendations where type = 'unattached_disk'`,
  },
];
