import type { EvalCase } from "./eval-case.ts";

const day = "left(ChargePeriodStart, 10)";

/** Questions of people who had never seen the product (the SunBird part), asked before it was tuned for them. */
export const sunbirdNewcomers: EvalCase[] = [
  {
    family: "totals",
    question: "what discount did we get off list overall?",
    truth: "select sum(ListCost) - sum(EffectiveCost) as usd, sum(ListCost) as usd_list from focus",
  },
  {
    family: "totals",
    question: "what share of list price did we pay",
    truth: "select 100 * sum(EffectiveCost) / sum(ListCost) as percent from focus",
  },
  {
    family: "totals",
    question: "euro total for september",
    truth: "select sum(EffectiveCost) as usd from focus",
    says: /in USD, not in EUR/,
  },
  {
    family: "trend",
    question: "which day in september was most expensive",
    truth: `select sum(EffectiveCost) as usd from focus group by ${day} order by 1 desc limit 1`,
    says: /2024/,
  },
  {
    family: "trend",
    question: "which three days had the highest billed cost",
    truth: `select sum(BilledCost) as usd from focus group by ${day} order by 1 desc limit 3`,
  },
  {
    family: "trend",
    question: "billed cost per week",
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "breakdown",
    question: "Did we pay anything for S3?",
    truth: "select sum(BilledCost) as usd from focus where ServiceName = 'Amazon Simple Storage Service'",
    says: /^No/,
  },
  {
    family: "breakdown",
    question: "how many AWS services have billed cost",
    truth: `select count(*) as count from
      (select 1 from focus where ProviderName = 'AWS' group by ServiceName having sum(BilledCost) <> 0)`,
  },
  {
    family: "breakdown",
    question: "List the 5 accounts with the highest billed cost",
    truth: "select sum(BilledCost) as usd from focus group by SubAccountId order by 1 desc limit 5",
  },
  {
    family: "breakdown",
    question: "is EC2 more than half of the bill?",
    truth: `select 100 * sum(EffectiveCost) filter (where ServiceName = 'Amazon Elastic Compute Cloud') / sum(EffectiveCost) as percent from focus`,
    says: /^Yes/,
  },
  {
    family: "breakdown",
    question: "Which region costs us the most after US East (N. Virginia)?",
    truth: `select RegionName as name, sum(EffectiveCost) as usd from focus
      where RegionName <> 'US East (N. Virginia)' group by 1 order by 2 desc limit 1`,
  },
  {
    family: "comparison",
    question: "was the first week of september more expensive than the last one?",
    truth: `select sum(EffectiveCost) filter (where ${day} < '2024-09-08') as usd_first,
      sum(EffectiveCost) filter (where ${day} >= '2024-09-24') as usd_last from focus`,
    says: /^No/,
  },
  {
    family: "comparison",
    question: "is azure cheaper than aws at list price?",
    truth: `select sum(ListCost) as usd from focus where ProviderName in ('AWS', 'Microsoft') group by ProviderName`,
    says: /^Yes/,
  },
  { family: "limits", question: "do we use google cloud?", declines: /no Google Cloud/ },
];
