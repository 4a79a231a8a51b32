import type { EvalCase } from "./eval-case.ts";

const breakdown = ["get_cost_breakdown" as const];

/** Totals and breakdowns of one month of AWS, Azure and Oracle charges. `focus` is the file as delivered. */
export const sunbirdSpend: EvalCase[] = [
  {
    family: "totals",
    question: "What did we spend in September 2024?",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus",
  },
  {
    family: "totals",
    question: "total cost sept 2024",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus",
  },
  {
    family: "totals",
    question:
      "Hi! I'm preparing the close and need one number from you: how much were we billed altogether for the month of September 2024, please?",
    tools: breakdown,
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "totals",
    question: "invoice total 09/2024",
    tools: breakdown,
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "totals",
    question: "what would september 2024 have cost at list price",
    tools: breakdown,
    truth: "select sum(ListCost) as usd from focus",
  },
  {
    family: "totals",
    question: "How much did we spend on AWS in September 2024?",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where ProviderName = 'AWS'",
  },
  {
    family: "totals",
    question: "azure spend, sep '24",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where ProviderName = 'Microsoft'",
  },
  {
    family: "totals",
    question: "How big is the Oracle invoice for September 2024?",
    tools: breakdown,
    truth: "select sum(BilledCost) as usd from focus where ProviderName = 'Oracle'",
  },
  {
    family: "totals",
    question: "how much did ec2 cost us in september 2024",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where ServiceName = 'Amazon Elastic Compute Cloud'",
  },
  {
    family: "totals",
    question: "what were we billed for RDS last september... i mean sept 2024",
    tools: breakdown,
    truth:
      "select sum(BilledCost) as usd from focus where ServiceName = 'Amazon Relational Database Service'",
  },
  {
    family: "totals",
    question: "billed cost of s3 in Sept 2024?",
    tools: breakdown,
    truth: "select sum(BilledCost) as usd from focus where ServiceName = 'Amazon Simple Storage Service'",
  },
  {
    family: "totals",
    question: "What did our kubernetes cluster in Azure (AKS) cost in September 2024?",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where ServiceName = 'Azure Kubernetes Service'",
  },
  {
    family: "totals",
    question: "spend in us-east-1 during september 2024",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where RegionId = 'us-east-1'",
  },
  {
    family: "totals",
    question: "how much were we billed in Oregon in September 2024",
    tools: breakdown,
    truth: "select sum(BilledCost) as usd from focus where RegionId = 'us-west-2'",
  },
  {
    family: "totals",
    question: "What did the account Atlas Orion spend in Sept 2024?",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where SubAccountName = 'Atlas Orion'",
  },
  {
    family: "totals",
    question: "billed 12 to 18 september 2024",
    tools: breakdown,
    truth:
      "select sum(BilledCost) as usd from focus where ChargePeriodStart >= '2024-09-12' and ChargePeriodStart < '2024-09-19'",
  },
  {
    family: "totals",
    question: "what did we spend on 12 September 2024?",
    tools: ["get_cost_breakdown", "get_cost_trend"],
    truth:
      "select sum(EffectiveCost) as usd from focus where ChargePeriodStart >= '2024-09-12' and ChargePeriodStart < '2024-09-13'",
  },
  {
    family: "totals",
    question: "How much credit did we receive in September 2024?",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus where ChargeCategory = 'Credit'",
  },
  {
    family: "totals",
    question: "how much of the sept 2024 spend was tagged environment=dev?",
    tools: breakdown,
    truth:
      "select sum(EffectiveCost) as usd from focus where json_extract_string(Tags, '$.environment') = 'dev'",
  },
  {
    family: "breakdown",
    question: "Show me September 2024 cost by service",
    tools: breakdown,
    truth:
      "select ServiceName as name, sum(EffectiveCost) as usd from focus group by 1 order by 2 desc limit 3",
  },
  {
    family: "breakdown",
    question: "spend by cloud provider, september 2024",
    tools: breakdown,
    truth:
      "select case ProviderName when 'Microsoft' then 'Azure' else ProviderName end as name, sum(EffectiveCost) as usd from focus group by 1 order by 2 desc limit 2",
  },
  {
    family: "breakdown",
    question: "top 3 services by billed cost in sep 2024",
    tools: breakdown,
    truth: "select ServiceName as name, sum(BilledCost) as usd from focus group by 1 order by 2 desc limit 3",
  },
  {
    family: "breakdown",
    question: "Where did the money go in September 2024? Split it by region please.",
    tools: breakdown,
    truth: "select sum(EffectiveCost) as usd from focus group by RegionId order by 1 desc limit 2",
  },
  {
    family: "breakdown",
    question: "which sub account cost us the most in september 2024",
    tools: breakdown,
    truth:
      "select SubAccountName as name, sum(EffectiveCost) as usd from focus group by SubAccountId, 1 order by 2 desc limit 1",
  },
  {
    family: "breakdown",
    question: "which azure service is the dearest? september 2024",
    tools: breakdown,
    truth:
      "select ServiceName as name, sum(EffectiveCost) as usd from focus where ProviderName = 'Microsoft' group by 1 order by 2 desc limit 1",
  },
  {
    family: "breakdown",
    question: "What share of September 2024 spend is AWS?",
    tools: breakdown,
    truth:
      "select 100 * sum(EffectiveCost) filter (where ProviderName = 'AWS') / sum(EffectiveCost) as percent from focus",
  },
  {
    family: "breakdown",
    question: "sept 2024 by charge type: usage, credits, adjustments",
    tools: breakdown,
    truth:
      "select sum(EffectiveCost) as usd from focus where ChargeCategory in ('Usage', 'Credit') group by ChargeCategory",
  },
  {
    family: "breakdown",
    question: "cost by business_unit tag for sep 2024",
    tools: breakdown,
    truth:
      "select json_extract_string(Tags, '$.business_unit') as name, sum(EffectiveCost) as usd from focus where json_extract_string(Tags, '$.business_unit') is not null group by 1 order by 2 desc limit 1",
  },
  {
    family: "breakdown",
    question: "amazon bill of sept 2024 by region, as invoiced",
    tools: breakdown,
    truth:
      "select sum(BilledCost) as usd from focus where ProviderName = 'AWS' group by RegionId order by 1 desc limit 2",
  },
  {
    family: "breakdown",
    question: "whats our most expensive resource on azure in september 2024",
    tools: breakdown,
    truth:
      "select sum(EffectiveCost) as usd from focus where ProviderName = 'Microsoft' group by lower(ResourceId) order by 1 desc limit 1",
  },
];
