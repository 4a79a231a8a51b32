import type { EvalCase } from "./eval-case.ts";

const effective = "sum(EffectiveCost)";
const notZero = (column: string) =>
  `select count(*) as count from (select ${column} from focus where ${column} is not null group by 1 having ${effective} <> 0)`;

/** Questions of strangers over the FOCUS sample, written before the analyst was changed for any of them. */
export const sunbirdStrangers: EvalCase[] = [
  {
    family: "totals",
    question: "what was the september 2024 invoice",
    tools: ["get_cost_breakdown"],
    truth: "select sum(BilledCost) as usd from focus",
  },
  {
    family: "breakdown",
    question: "which resources cost more than a dollar?",
    tools: ["get_cost_breakdown"],
    truth: `select count(*) as count, sum(cost) as usd from (select ${effective} as cost from focus
      where ResourceId is not null group by ResourceId having ${effective} > 1)`,
    says: /\$1\.00/,
  },
  { family: "limits", question: "cost by service category", declines: /can't break cost down by that/ },
  {
    family: "totals",
    question: "AWS spend without credits",
    tools: ["get_cost_breakdown"],
    truth: `select ${effective} as usd from focus where ProviderName = 'AWS' and ChargeCategory <> 'Credit'`,
  },
  {
    family: "breakdown",
    question: "how many services did we pay for?",
    tools: ["get_cost_breakdown"],
    truth: notZero("ServiceName"),
  },
  {
    family: "breakdown",
    question: "top 3 regions please",
    tools: ["get_cost_breakdown"],
    truth: `select RegionName as name, ${effective} as usd from focus group by 1 order by 2 desc limit 3`,
  },
  {
    family: "totals",
    question: "spend on 5 September 2024",
    tools: ["get_cost_breakdown"],
    truth: `select ${effective} as usd from focus where cast(ChargePeriodStart as date) = '2024-09-05'`,
  },
  {
    family: "limits",
    question: "prod vs dev",
    declines: /env tag or the environment tag/,
  },
];
