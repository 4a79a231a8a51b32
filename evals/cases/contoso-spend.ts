import type { EvalCase } from "./eval-case.ts";

const breakdown = ["get_cost_breakdown" as const];
const september = "day >= '2026-09-01' and day < '2026-10-01'";
const august = "day >= '2026-08-01' and day < '2026-09-01'";

/** Spend of an Azure tenant, asked on 14 October 2026; its last day with cost is the 13th. */
export const contosoSpend: EvalCase[] = [
  {
    family: "totals",
    question: "What did we spend last month?",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september}`,
  },
  {
    family: "totals",
    question: "total azure cost q3 2026",
    tools: breakdown,
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-07-01' and day < '2026-10-01'",
  },
  {
    family: "totals",
    question: "Could you tell me what our invoice for August comes to?",
    tools: breakdown,
    truth: `select sum(billed_cost) as usd from costs where ${august}`,
  },
  {
    family: "totals",
    question: "spend this month so far",
    tools: breakdown,
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-10-01' and day < '2026-11-01'",
  },
  {
    family: "totals",
    question: "how much have we spent year to date",
    tools: breakdown,
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-01-01' and day < '2026-10-15'",
  },
  {
    family: "totals",
    question: "what did virtual machines cost in september",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and service_name = 'Virtual Machines'`,
  },
  {
    family: "totals",
    question: "how much $$ did the k8s clusters burn last month",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and service_name = 'Azure Kubernetes Service'`,
  },
  {
    family: "totals",
    question: "sql databse spend in agust",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${august} and service_name = 'SQL Database'`,
  },
  {
    family: "totals",
    question: "How much did rg-web-prod cost us in September?",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and resource_group = 'rg-web-prod'`,
  },
  {
    family: "totals",
    question: "Contoso Development subscription, spend last quarter",
    tools: breakdown,
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-07-01' and day < '2026-10-01' and sub_account_name = 'Contoso Development'",
  },
  {
    family: "totals",
    question: "what does the analytics team spend? september please",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and tags ->> 'Team' = 'analytics'`,
  },
  {
    family: "totals",
    question: "storage in west europe, last month, how much",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and service_name = 'Storage' and region = 'westeurope'`,
  },
  {
    family: "totals",
    question: "what did azure openai cost us since june",
    tools: breakdown,
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-06-01' and day < '2026-10-15' and service_name = 'Azure OpenAI'",
  },
  {
    family: "totals",
    question:
      "How much did we spend everywhere except production in September (so without the subscription Contoso Production)?",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and sub_account_name <> 'Contoso Production'`,
  },
  {
    family: "totals",
    question:
      "what did vm-spark-1... the spark vms cost? sorry, just tell me what log analytics cost last month",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and service_name = 'Log Analytics'`,
  },
  {
    family: "breakdown",
    question: "What did we spend last month by service?",
    tools: breakdown,
    truth: `select service_name as name, sum(effective_cost) as usd from costs where ${september} group by 1 order by 2 desc limit 3`,
  },
  {
    family: "breakdown",
    question: "top 5 resource groups in sept",
    tools: breakdown,
    truth: `select resource_group as name, sum(effective_cost) as usd from costs where ${september} and resource_group is not null group by 1 order by 2 desc limit 2`,
  },
  {
    family: "breakdown",
    question: "Break August down per subscription",
    tools: breakdown,
    truth: `select sub_account_name as name, sum(effective_cost) as usd from costs where ${august} group by 1 order by 2 desc limit 3`,
  },
  {
    family: "breakdown",
    question: "which region eats most of our money? last 30 days",
    tools: breakdown,
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-09-14' and day < '2026-10-14' group by region order by 1 desc limit 1",
  },
  {
    family: "breakdown",
    question: "cost per team last month",
    tools: breakdown,
    truth: `select tags ->> 'Team' as name, sum(effective_cost) as usd from costs where ${september} and tags ->> 'Team' is not null group by 1 order by 2 desc limit 2`,
  },
  {
    family: "breakdown",
    question: "what's our single most expensive resource in september",
    tools: breakdown,
    truth: `select resource_name as name, sum(effective_cost) as usd from costs where ${september} and resource_id is not null group by resource_id, 1 order by 2 desc limit 1`,
  },
  {
    family: "breakdown",
    question: "Split the VM cost of last month by resource group, biggest first",
    tools: breakdown,
    truth: `select resource_group as name, sum(effective_cost) as usd from costs where ${september} and service_name like 'Virtual Machines%' and resource_group is not null group by 1 order by 2 desc limit 2`,
  },
  {
    family: "breakdown",
    question: "what percentage of September's spend was virtual machines?",
    tools: breakdown,
    truth: `select round(100 * sum(effective_cost) filter (where service_name = 'Virtual Machines') / sum(effective_cost), 10) as percent from costs where ${september}`,
  },
  {
    family: "breakdown",
    question: "usage vs purchases vs refunds in q3 2026, as billed",
    tools: breakdown,
    truth:
      "select sum(billed_cost) as usd from costs where day >= '2026-07-01' and day < '2026-10-01' group by charge_category order by 1 desc limit 1",
  },
  {
    family: "breakdown",
    question: "how much did we waste on unused reservations last month?",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} and commitment_discount_status = 'Unused'`,
  },
  {
    family: "breakdown",
    question: "what refunds did we get in July 2026?",
    tools: breakdown,
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-07-01' and day < '2026-08-01' and charge_class = 'Correction'",
  },
  {
    family: "breakdown",
    question: "spend by charge type in September 2026",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd from costs where ${september} group by charge_category, commitment_discount_status = 'Unused' order by 1 desc limit 1`,
  },
  {
    family: "totals",
    question: "Azure's total for September 2026, please",
    tools: breakdown,
    truth: `select sum(effective_cost) as usd_total, sum(effective_cost) filter (where commitment_discount_status = 'Unused') as usd_unused from costs where ${september}`,
    says: /reservations and savings plans that nobody used/,
  },
  {
    family: "breakdown",
    question: "who owns the spend — give me cost centres for August",
    tools: breakdown,
    truth: `select tags ->> 'CostCenter' as name, sum(effective_cost) as usd from costs where ${august} and tags ->> 'CostCenter' is not null group by 1 order by 2 desc limit 1`,
  },
];
