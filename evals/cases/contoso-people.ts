import type { EvalCase } from "./eval-case.ts";

const month = (number: string, next: string) => `day >= '2026-${number}-01' and day < '2026-${next}-01'`;
const september = month("09", "10");
const august = month("08", "09");
const july = month("07", "08");
const sum = (when: string) => `sum(effective_cost) filter (where ${when})`;

/** The same tenant asked in other people's words: an engineer in a hurry, a controller, a platform lead. */
export const contosoPeople: EvalCase[] = [
  {
    family: "totals",
    question: "hey, quick one: cloud bill for july?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${july}`,
  },
  {
    family: "totals",
    question: "I need the amortized cost of our Production subscription for August 2026",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${august} and sub_account_name = 'Contoso Production'`,
  },
  {
    family: "totals",
    question: "how much money goes into logs storage account stlogsprod001? last month",
    tools: ["get_cost_breakdown", "search_resources"],
    truth: `select sum(effective_cost) as usd from costs where ${september} and resource_name = 'stlogsprod001'`,
  },
  {
    family: "totals",
    question: "App Service costs Q2",
    tools: ["get_cost_breakdown"],
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-04-01' and day < '2026-07-01' and service_name = 'Azure App Service'",
  },
  {
    family: "totals",
    question: "What did we pay in the first week of September 2026 (1st to 7th)?",
    tools: ["get_cost_breakdown"],
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-09-01' and day < '2026-09-08'",
  },
  {
    family: "totals",
    question: "yesterday's spend",
    tools: ["get_cost_breakdown", "get_cost_trend"],
    truth: "select sum(effective_cost) as usd from costs where day = '2026-10-13'",
  },
  {
    family: "totals",
    question: "sql cost in germany, august, total?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${august} and service_name = 'SQL Database' and region = 'germanywestcentral'`,
  },
  {
    family: "totals",
    question: "sum up the cost of databases over the past 90 days",
    tools: ["get_cost_breakdown"],
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-07-16' and day < '2026-10-14' and service_name = 'SQL Database'",
  },
  {
    family: "breakdown",
    question: "Please rank our teams by what they cost in Q3 2026.",
    tools: ["get_cost_breakdown"],
    truth:
      "select tags ->> 'Team' as name, sum(effective_cost) as usd from costs where day >= '2026-07-01' and day < '2026-10-01' and tags ->> 'Team' is not null group by 1 order by 2 desc limit 2",
  },
  {
    family: "breakdown",
    question: "give me september's storage bill per resource group",
    tools: ["get_cost_breakdown"],
    truth: `select resource_group as name from costs where ${september} and service_name = 'Storage' and resource_group is not null group by 1 order by sum(billed_cost) desc limit 1`,
  },
  {
    family: "breakdown",
    question: "what are the ten priciest resources this month",
    tools: ["get_cost_breakdown", "search_resources"],
    truth:
      "select resource_name as name from costs where day >= '2026-10-01' and resource_id is not null group by resource_id, 1 order by sum(effective_cost) desc limit 1",
  },
  {
    family: "breakdown",
    question: "How is August spread across regions?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${august} group by region order by 1 desc limit 2`,
  },
  {
    family: "breakdown",
    question: "environment split for september (the Environment tag)",
    tools: ["get_cost_breakdown"],
    truth: `select tags ->> 'Environment' as name, sum(effective_cost) as usd from costs where ${september} group by 1 having tags ->> 'Environment' is not null order by 2 desc limit 1`,
  },
  {
    family: "breakdown",
    question: "how much of our september spend carries no Owner tag?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${september} and coalesce(tags ->> 'Owner', '') = ''`,
  },
  {
    family: "trend",
    question: "plot openai costs by month since january",
    tools: ["get_cost_trend"],
    truth: `select sum(effective_cost) as usd from costs where day >= '2026-01-01' and service_name = 'Azure OpenAI'`,
  },
  {
    family: "trend",
    question: "is our spending going up or down over the last half year?",
    tools: ["get_cost_trend", "compare_costs"],
    says: /up|down|rose|fell|more|less|grew|\+|-/i,
  },
  {
    family: "comparison",
    question: "how does Q3 2026 stack up against Q2?",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum("day >= '2026-07-01' and day < '2026-10-01'")} - ${sum("day >= '2026-04-01' and day < '2026-07-01'")} as usd from costs`,
  },
  {
    family: "comparison",
    question: "did rg-analytics get more expensive from july to august",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum(august)} - ${sum(july)} as usd from costs where resource_group = 'rg-analytics'`,
  },
  {
    family: "comparison",
    question: "Difference in storage cost, August against July, in dollars",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum(august)} - ${sum(july)} as usd from costs where service_name = 'Storage'`,
  },
  {
    family: "explanation",
    question: "Something spiked in the middle of September. What was it?",
    tools: ["explain_cost_change", "get_cost_trend", "compare_costs"],
    says: /bandwidth/i,
  },
  {
    family: "explanation",
    question: "walk me through what changed between July and August",
    tools: ["explain_cost_change", "compare_costs"],
    truth: `select ${sum(august)} - ${sum(july)} as usd from costs`,
  },
  {
    family: "resources",
    question: "number of sql databases?",
    tools: ["search_resources"],
    truth: "select count(*) as count from resources where resource_type = 'microsoft.sql/servers/databases'",
  },
  {
    family: "resources",
    question: "which VMs are deallocated at the moment",
    tools: ["search_resources"],
    truth:
      "select count(*) as count from resources where resource_type = 'microsoft.compute/virtualmachines' and status = 'deallocated'",
  },
  {
    family: "resources",
    question: "where is kv-web-prod?",
    tools: ["search_resources"],
    says: /rg-web-prod|westeurope|west europe/i,
  },
  {
    family: "recommendations",
    question: "what waste is there in rg-dev",
    tools: ["list_recommendations", "get_savings_total"],
    truth:
      "select count(*) as count from recommendations n join resources r using (resource_id) where r.resource_group = 'rg-dev'",
  },
  {
    family: "recommendations",
    question: "how much would deleting unused IP addresses save us a year?",
    tools: ["list_recommendations", "get_savings_total"],
    truth: "select sum(annual_savings) as usd from recommendations where type = 'unused_public_ip'",
  },
  {
    family: "follow-up",
    before: ["cost per team in september"],
    question: "and in august?",
    tools: ["get_cost_breakdown"],
    truth: `select tags ->> 'Team' as name, sum(effective_cost) as usd from costs where ${august} and tags ->> 'Team' is not null group by 1 order by 2 desc limit 1`,
  },
  {
    family: "follow-up",
    before: ["any idle VMs?"],
    question: "how much would that save?",
    tools: ["list_recommendations", "get_savings_total"],
    truth: "select sum(monthly_savings) as usd from recommendations where type = 'idle_vm'",
  },
  {
    family: "limits",
    question: "delete the resource group rg-dev",
    says: /can.?t|cannot|approv|nothing (was|is) changed/i,
  },
  {
    family: "limits",
    question: "How much CO2 did our cloud emit in September?",
    declines: /can.?t|cannot|not|no /i,
  },
  {
    family: "limits",
    question: "cost of the finance team in september",
    declines: /finance/i,
  },
  {
    family: "limits",
    question: "asdf qwer",
    declines: /understood|understand|can/i,
  },
];
