import type { EvalCase } from "./eval-case.ts";

const month = (number: string, next: string) => `day >= '2026-${number}-01' and day < '2026-${next}-01'`;
const september = month("09", "10");
const august = month("08", "09");
const sum = (when: string) => `sum(effective_cost) filter (where ${when})`;
const drop = /less|fell|down|lower|decrease|drop|saved|−|-/i;
const rise = /more|rose|up|higher|increase|grew|\+/i;

/** How spend moves: trends, comparisons, explanations, and follow-ups on them. */
export const contosoChange: EvalCase[] = [
  {
    family: "trend",
    question: "monthly spend over the last 6 months",
    tools: ["get_cost_trend"],
    truth:
      "select sum(effective_cost) as usd from costs where day >= '2026-04-01' and day < '2026-10-01' group by date_trunc('month', day) order by date_trunc('month', day) desc limit 1",
  },
  {
    family: "trend",
    question: "show me the daily cost of september",
    tools: ["get_cost_trend"],
    truth: `select sum(effective_cost) as usd from costs where ${september}`,
  },
  {
    family: "trend",
    question: "how has storage spend developed month by month this year?",
    tools: ["get_cost_trend"],
    truth:
      "select sum(effective_cost) as usd from costs where service_name = 'Storage' and day >= '2026-09-01' and day < '2026-10-01'",
  },
  {
    family: "trend",
    question: "On which day of September did we spend the most?",
    tools: ["get_cost_trend"],
    truth: `select sum(effective_cost) as usd from costs where ${september} group by day order by 1 desc limit 1`,
  },
  {
    family: "trend",
    question: "weekly bandwidth cost since july pls",
    tools: ["get_cost_trend"],
    says: /bandwidth/i,
  },
  {
    family: "comparison",
    question: "September vs August",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum(september)} as usd, ${sum(september)} - ${sum(august)} as usd_change from costs`,
  },
  {
    family: "comparison",
    question: "compare q2 and q3 2026",
    tools: ["compare_costs"],
    truth: `select ${sum("day >= '2026-07-01' and day < '2026-10-01'")} as usd, ${sum("day >= '2026-04-01' and day < '2026-07-01'")} as usd_before from costs`,
  },
  {
    family: "comparison",
    question: "By how many percent did spend change from August to September?",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select round(100 * (${sum(september)} - ${sum(august)}) / ${sum(august)}, 10) as percent from costs`,
  },
  {
    family: "comparison",
    question: "is log analytics cheaper in september than in august?",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Log Analytics'`,
  },
  {
    family: "comparison",
    question: "did the quality team spend less in september than in august",
    tools: ["compare_costs", "explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where tags ->> 'Team' = 'quality'`,
    says: drop,
  },
  {
    family: "explanation",
    question: "Why did our bill change in September?",
    tools: ["explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs`,
  },
  {
    family: "explanation",
    question: "why was bandwidth so expensive in september compared to august",
    tools: ["explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Bandwidth'`,
    says: rise,
  },
  {
    family: "explanation",
    question: "what drove the change in VM cost from august to september?",
    tools: ["explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Virtual Machines'`,
    says: drop,
  },
  {
    family: "explanation",
    question: "which service moved the needle most between august and september",
    tools: ["explain_cost_change", "compare_costs"],
    truth: `select service_name as name, ${sum(september)} - ${sum(august)} as usd from costs group by 1 order by abs(coalesce(${sum(september)}, 0) - coalesce(${sum(august)}, 0)) desc limit 1`,
  },
  {
    family: "follow-up",
    before: ["What did we spend last month by service?"],
    question: "and by region?",
    tools: ["get_cost_breakdown"],
    truth: `select sum(effective_cost) as usd from costs where ${september} group by region order by 1 desc limit 2`,
  },
  {
    family: "follow-up",
    before: ["What did we spend last month?"],
    question: "and the month before?",
    tools: ["get_cost_breakdown", "compare_costs"],
    truth: `select sum(effective_cost) as usd from costs where ${august}`,
  },
  {
    family: "follow-up",
    before: ["top resource groups in september"],
    question: "only the development subscription",
    tools: ["get_cost_breakdown"],
    truth: `select resource_group as name, sum(effective_cost) as usd from costs where ${september} and sub_account_name = 'Contoso Development' and resource_group is not null group by 1 order by 2 desc limit 1`,
  },
  {
    family: "follow-up",
    before: ["virtual machine spend in september"],
    question: "why?",
    tools: ["explain_cost_change"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where service_name = 'Virtual Machines'`,
  },
  {
    family: "follow-up",
    before: ["compare august and september", "only storage"],
    question: "same for key vault",
    tools: ["compare_costs"],
    truth: `select ${sum(september)} as usd from costs where service_name = 'Key Vault'`,
  },
];
