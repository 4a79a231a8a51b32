import type { EvalCase } from "./eval-case.ts";

const days = (start: string, end: string) => `day >= '${start}' and day < '${end}'`;
const july = days("2026-07-01", "2026-08-01");
const august = days("2026-08-01", "2026-09-01");
const september = days("2026-09-01", "2026-10-01");
const q2 = days("2026-04-01", "2026-07-01");
const q3 = days("2026-07-01", "2026-10-01");
const thisYear = days("2026-01-01", "2026-10-14");
const sum = (when: string) => `sum(effective_cost) filter (where ${when})`;
const daily = "select day, sum(effective_cost) as cost from costs";

/** Forty questions of ten strangers, written before the analyst was changed for any of them (the Contoso part). */
export const contosoStrangers: EvalCase[] = [
  {
    family: "totals",
    question: "what did the data platform run us in q2 2026 (application tag)",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${q2} and tags->>'Application' = 'data-platform'`,
  },
  {
    family: "breakdown",
    question:
      "Hi! Quick question for the board deck: total cloud spend for the first half of this year and the share of production?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd,
      100 * ${sum("lower(tags->>'Environment') = 'production'")} / sum(effective_cost) as percent
      from costs where ${days("2026-01-01", "2026-07-01")}`,
  },
  {
    family: "comparison",
    question: "sept vs aug bandwidth delta?",
    tools: ["compare_costs"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Bandwidth'`,
    says: /more/,
  },
  {
    family: "breakdown",
    question: "top 3 teams excluding data, august",
    tools: ["get_cost_breakdown"],
    truth: `select tags->>'Team' as name, sum(effective_cost) as usd from costs
      where ${august} and tags->>'Team' <> 'data' group by 1 order by 2 desc limit 3`,
  },
  {
    family: "trend",
    question: "were there any days in the last 30 where we burned more than $4.2k?",
    tools: ["get_cost_trend"],
    truth: `select count(*) as count from (${daily} where ${days("2026-09-14", "2026-10-14")} group by day) d where cost > 4200`,
  },
  {
    family: "comparison",
    question: "Which subscription is growing faster, production or shared services?",
    tools: ["compare_costs"],
  },
  {
    family: "trend",
    question: "monthly average for storage since january please",
    tools: ["get_cost_trend"],
    truth: `select round(sum(effective_cost) / 9, 4) as usd from costs where ${days("2026-01-01", "2026-10-01")} and service_name = 'Storage'`,
  },
  {
    family: "comparison",
    question: "what did we use more of in september than in july, by service",
    tools: ["compare_costs"],
    truth: `select 'Bandwidth' as name, ${sum(september)} - ${sum(july)} as usd from costs where service_name = 'Bandwidth'`,
  },
  {
    family: "totals",
    question: "cost of everything that is not production, september",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${september} and lower(coalesce(tags->>'Environment', '')) <> 'production'`,
  },
  {
    family: "breakdown",
    question: "how many resource groups cost more than 5000 usd last month",
    tools: ["get_cost_breakdown"],
    truth: `select count(*) as count from (select resource_group from costs where ${september} group by 1 having sum(effective_cost) > 5000) g`,
    says: /\$5,000/,
  },
  {
    family: "breakdown",
    question: "list the services in germany and what they cost in august",
    tools: ["get_cost_breakdown"],
    truth: `select service_name as name, sum(effective_cost) as usd from costs
      where ${august} and region = 'germanywestcentral' group by 1 having sum(effective_cost) <> 0`,
  },
  {
    family: "breakdown",
    question: "is rg-monitoring more expensive than rg-mobile-prod?",
    tools: ["get_cost_breakdown"],
    truth: `select ${sum("resource_group = 'rg-monitoring'")} - ${sum("resource_group = 'rg-mobile-prod'")} as usd from costs where ${september}`,
    says: /rg-monitoring\*{0,2} cost .* more than rg-mobile-prod/i,
  },
  {
    family: "trend",
    question: "I'm not sure our dev spend is ok, can you show how it developed over the past six months?",
    tools: ["get_cost_trend"],
    truth: `select sum(effective_cost) as usd from costs where ${days("2026-04-01", "2026-10-01")} and lower(tags->>'Environment') = 'development'`,
  },
  {
    family: "breakdown",
    question: "who pays for vm-spark-001?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${september} and resource_name = 'vm-spark-001'`,
  },
  {
    family: "totals",
    question: "How much did the week 32 cost us in total?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${days("2026-08-03", "2026-08-10")}`,
  },
  {
    family: "comparison",
    question: "first two weeks of july vs last two weeks of july",
    tools: ["compare_costs"],
    truth: `select ${sum(days("2026-07-18", "2026-08-01"))} - ${sum(days("2026-07-01", "2026-07-15"))} as usd from costs`,
  },
  {
    family: "totals",
    question: "how much was spent on saturday?",
    tools: ["get_cost_breakdown"],
    truth: "select sum(effective_cost) as usd from costs where day = '2026-10-10'",
  },
  {
    family: "trend",
    question: "cheapest month so far this year",
    tools: ["get_cost_trend"],
    truth: `select sum(effective_cost) as usd from costs where ${days("2026-01-01", "2026-10-01")}
      group by date_trunc('month', day) order by 1 limit 1`,
    says: /cheapest month was February/,
  },
  {
    family: "totals",
    question: "wats the totl for azure openai ytd",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${thisYear} and service_name = 'Azure OpenAI'`,
  },
  {
    family: "breakdown",
    question: "Show cost center CC-3010 by service for Q3",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${q3} and tags->>'CostCenter' = 'CC-3010'`,
  },
  {
    family: "recommendations",
    question: "which idle machines cost us the most",
    tools: ["list_recommendations"],
    truth: `select r.name, e.monthly_savings as usd from recommendations e join resources r on r.resource_id = e.resource_id
      where e.type = 'idle_vm' order by 2 desc limit 1`,
  },
  {
    family: "resources",
    question: "Give me the running VMs in rg-web-prod",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources where resource_type = 'microsoft.compute/virtualmachines'
      and resource_group = 'rg-web-prod' and status = 'running'`,
  },
  {
    family: "breakdown",
    question: "spend by region and team last month",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd_all, ${sum("region = 'northeurope'")} as usd_north,
      ${sum("tags->>'Team' = 'web'")} as usd_web from costs where ${september}`,
  },
  { family: "limits", question: "what's our run rate", declines: /no forecast/ },
  { family: "limits", question: "how much did gcp cost in july", declines: /no Google Cloud/ },
  {
    family: "explanation",
    question: "why is storage cheaper in september than in august?",
    tools: ["explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Storage'`,
    says: /less/,
  },
  {
    family: "follow-up",
    before: ["what did we spend in september?", "without bandwidth?"],
    question: "same for august",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${august} and service_name <> 'Bandwidth'`,
  },
  {
    family: "follow-up",
    before: ["cost per team in Q3", "top 3 only"],
    question: "and in Q2?",
    tools: ["get_cost_breakdown"],
    truth: `select tags->>'Team' as name, sum(effective_cost) as usd from costs
      where ${q2} and tags->>'Team' is not null group by 1 order by 2 desc limit 3`,
  },
  {
    family: "follow-up",
    before: ["how many virtual machines are there?"],
    question: "how many of them are in north europe?",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources where resource_type = 'microsoft.compute/virtualmachines' and region = 'northeurope'`,
  },
  {
    family: "follow-up",
    before: ["What did ai team spend in august?"],
    question: "and web?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${august} and tags->>'Team' = 'web'`,
  },
  {
    family: "explanation",
    question: "Do the charges for 15-17 september look normal?",
    tools: ["explain_cost_change"],
    truth: `select ${sum(days("2026-09-15", "2026-09-18"))} - ${sum(days("2026-09-12", "2026-09-15"))} as usd from costs`,
  },
];
