import type { EvalCase } from "./eval-case.ts";

/** What a question or a change is about: things that belong together, words nothing here reads, talk that points back. */
export const contosoScope: EvalCase[] = [
  {
    family: "resources",
    question: "what databases sit on sql-data-prod and which is the dearest",
    tools: ["search_resources"],
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-09-01' and day < '2026-10-01' and resource_id ilike '%/servers/sql-data-prod/databases/%'",
    says: /orders/,
  },
  { family: "resources", question: "which NSG protects vm-api-prod-001", says: /nsg-mobile-prod/ },
  {
    family: "resources",
    question: "what network security group guards vm-api-prod-001?",
    says: /nsg-mobile-prod/,
  },
  {
    family: "resources",
    question: "what are the costs of vm-spark-001 including its disks and nic",
    tools: ["search_resources"],
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-09-01' and day < '2026-10-01' and resource_id ~* '/(vm-spark-001|disk-vm-spark-001-[a-z0-9-]+|nic-vm-spark-001)$'",
  },
  {
    family: "resources",
    question: "We'd like to retire vnet-data-prod. What depends on it?",
    says: /vm-warehouse-prod-001/,
  },
  {
    family: "recommendations",
    question: "Is it safe to delete disk-old-warehouse-002?",
    tools: ["list_recommendations"],
    says: /nothing that uses[\s\S]*unattached disk/i,
  },
  {
    family: "limits",
    question: "Which VMs aren't backed up?",
    says: /"aren't backed up" could not be taken into account/,
  },
  {
    family: "limits",
    question: "do we have any encrypted disks?",
    says: /^(?!.*\bYes\b)[\s\S]*"encrypted" could not/,
  },
  { family: "limits", question: "how many vCPUs do we run", declines: /does not tell "vCPUs"/ },
  { family: "limits", question: "stop the VMs", declines: /Nothing was proposed.*Which ones\?/s },
  { family: "limits", question: "stop all VMs except vm-dev-poc-003", declines: /Nothing was proposed/ },
  {
    family: "limits",
    before: ["how can we save money?"],
    question: "stop those",
    tools: ["list_recommendations"],
    says: /Nothing was proposed[\s\S]*Which ones do you mean/,
  },
  {
    family: "limits",
    question: "suppress the recommendation for vm-legacy-cms-001 until January",
    declines: /Recommendations page/,
  },
  {
    family: "follow-up",
    before: ["what are the top 3 recommendations for the data team?", "and for web?"],
    question: "how much in total?",
    tools: ["get_savings_total"],
    says: /in web/,
  },
  {
    family: "recommendations",
    question: "unused discs",
    tools: ["list_recommendations"],
    says: /unattached/i,
  },
  {
    family: "recommendations",
    question: "our load balancers - any useless ones?",
    tools: ["list_recommendations"],
    says: /lb-dev-trial/,
  },
  {
    family: "recommendations",
    question: "why is the saving for vm-invoices-prod-001 only 308?",
    tools: ["list_recommendations"],
    says: /is flagged as oversized/,
  },
];
