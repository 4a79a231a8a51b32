import type { EvalCase } from "./eval-case.ts";

const day = (iso: string) => `ChargePeriodStart like '${iso}%'`;

/** Trends, comparisons, follow-ups and the edges of a file that holds one month. */
export const sunbirdMore: EvalCase[] = [
  {
    family: "trend",
    question: "daily billed cost in september 2024",
    tools: ["get_cost_trend"],
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "trend",
    question: "Which day of September 2024 was the most expensive one on the bill?",
    tools: ["get_cost_trend"],
    truth:
      "select sum(BilledCost) as usd from focus group by substr(ChargePeriodStart, 1, 10) order by 1 desc limit 1",
  },
  {
    family: "trend",
    question: "how did aws spend develop day by day over sept 2024?",
    tools: ["get_cost_trend"],
    truth: "select sum(EffectiveCost) as usd from focus where ProviderName = 'AWS'",
  },
  {
    family: "comparison",
    question: "compare billed cost of 1-15 sept 2024 with 16-30 sept 2024",
    tools: ["compare_costs"],
    truth:
      "select sum(BilledCost) filter (where ChargePeriodStart < '2024-09-16') as usd, sum(BilledCost) filter (where ChargePeriodStart >= '2024-09-16') as usd_later from focus",
    says: /more|rose|up|higher|increase|\+/i,
  },
  {
    family: "comparison",
    question: "27 september 2024 vs 28 september 2024",
    tools: ["compare_costs"],
    truth: `select sum(EffectiveCost) filter (where ${day("2024-09-27")}) as usd, sum(EffectiveCost) filter (where ${day("2024-09-28")}) - sum(EffectiveCost) filter (where ${day("2024-09-27")}) as usd_change from focus`,
    says: /less|fell|down|lower|decrease|−|-/i,
  },
  {
    family: "freshness",
    question: "How fresh is the data?",
    tools: ["get_data_freshness"],
    says: /30 Sep(tember)? 2024|2024-09-30|Sep(tember)? 30,? 2024/,
  },
  {
    family: "freshness",
    question: "what period does our cost data cover",
    tools: ["get_data_freshness"],
    says: /1.{0,12}Sep|2024-09-01/,
  },
  {
    family: "follow-up",
    before: ["What did we spend in September 2024?"],
    question: "and by region?",
    tools: ["get_cost_breakdown"],
    truth: "select sum(EffectiveCost) as usd from focus group by RegionId order by 1 desc limit 2",
  },
  {
    family: "follow-up",
    before: ["spend by service september 2024"],
    question: "only azure",
    tools: ["get_cost_breakdown"],
    truth: "select sum(EffectiveCost) as usd from focus where ProviderName = 'Microsoft'",
  },
  {
    family: "follow-up",
    before: ["How much did AWS cost in September 2024?"],
    question: "what about billed?",
    tools: ["get_cost_breakdown"],
    truth: "select sum(BilledCost) as usd from focus where ProviderName = 'AWS'",
  },
  {
    family: "follow-up",
    before: ["billed cost by provider in september 2024"],
    question: "now per day please",
    tools: ["get_cost_trend"],
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "follow-up",
    before: ["top services sept 2024", "as invoiced"],
    question: "just us-west-2",
    tools: ["get_cost_breakdown"],
    truth: "select sum(BilledCost) as usd from focus where RegionId = 'us-west-2'",
  },
  {
    family: "limits",
    question: "how much did marketing spend on lambda",
    declines: /marketing/i,
  },
  {
    family: "limits",
    question: "What did we spend in March 2022?",
    declines: /no (cost )?data|not .*data|2024-09-01|Sep(tember)? 2024/i,
  },
  {
    family: "limits",
    question: "spend on Snowflake in september 2024",
    declines: /snowflake/i,
  },
  {
    family: "limits",
    question: "what is the weather in Amsterdam",
    declines: /cost|spend|resource|savings/i,
  },
  {
    family: "limits",
    question: "Which of our teams should be fired?",
    declines: /cost|spend|can.?t|cannot|understand/i,
  },
];
