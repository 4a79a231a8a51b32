import type { EvalCase } from "./eval-case.ts";

const days = (start: string, end: string) => `day >= '${start}' and day < '${end}'`;
const july = days("2026-07-01", "2026-08-01");
const august = days("2026-08-01", "2026-09-01");
const september = days("2026-09-01", "2026-10-01");
const october = days("2026-10-01", "2026-10-14");
const q2 = days("2026-04-01", "2026-07-01");
const q3 = days("2026-07-01", "2026-10-01");
const sum = (when: string) => `sum(effective_cost) filter (where ${when})`;
const daily = "select day, sum(effective_cost) as cost from costs";
const costOf = (type: string) =>
  `(select sum(effective_cost) from costs where ${september} and resource_id in
    (select resource_id from resources where resource_type = '${type}'))`;

/** Questions of a dozen people who had never seen the product (the Contoso part), asked before it was tuned for them. */
export const contosoNewcomers: EvalCase[] = [
  {
    family: "comparison",
    question: "Did we spend more on storage than on SQL in September?",
    truth: `select ${sum("service_name = 'Storage'")} as usd_storage, ${sum("service_name = 'SQL Database'")} as usd_sql
      from costs where ${september}`,
    says: /^No/,
  },
  {
    family: "comparison",
    question: "What's our biggest cost and how has it changed compared to the month before?",
    truth: `select service_name as name, ${sum(september)} as usd, ${sum(september)} - ${sum(august)} as usd_change
      from costs group by 1 order by 2 desc nulls last limit 1`,
    says: /less than August/,
  },
  {
    family: "totals",
    question: "How are we tracking year to date?",
    truth: `select sum(effective_cost) as usd from costs where ${days("2026-01-01", "2026-10-14")}`,
  },
  {
    family: "totals",
    question: "Is the October bill above 40k already?",
    truth: `select sum(effective_cost) as usd from costs where ${october}`,
    says: /^Yes/,
  },
  {
    family: "totals",
    question: "Hello, would you mind telling me whether September came in above a hundred thousand dollars?",
    truth: `select sum(effective_cost) as usd from costs where ${september}`,
    says: /^Yes[^.]*\$100,000/,
  },
  {
    family: "comparison",
    question: "prod sub vs dev sub, MoM",
    tools: ["compare_costs"],
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs
      where sub_account_name in ('Contoso Production', 'Contoso Development') group by sub_account_name`,
  },
  {
    family: "resources",
    question: "how many VMs do we have and what do they cost",
    tools: ["search_resources"],
    truth: `select count(*) as count, ${costOf("microsoft.compute/virtualmachines")} as usd
      from resources where resource_type = 'microsoft.compute/virtualmachines'`,
  },
  {
    family: "resources",
    question: "disks: how many and how much",
    tools: ["search_resources"],
    truth: `select count(*) as count, ${costOf("microsoft.compute/disks")} as usd
      from resources where resource_type = 'microsoft.compute/disks'`,
  },
  {
    family: "resources",
    question: "load balancers: count + cost",
    truth: `select count(*) as count, ${costOf("microsoft.network/loadbalancers")} as usd
      from resources where resource_type = 'microsoft.network/loadbalancers'`,
  },
  {
    family: "resources",
    question: "VMs w/o owner tag",
    truth: `select count(*) as count from resources
      where resource_type = 'microsoft.compute/virtualmachines' and coalesce(tags->>'Owner', '') = ''`,
  },
  {
    family: "resources",
    question: "how many of our resources are missing a cost center",
    truth: `select count(*) as count from resources where coalesce(tags->>'CostCenter', '') = ''`,
  },
  {
    family: "resources",
    question: "are there any storage accounts without tags?",
    truth: `select count(*) as count from resources
      where resource_type = 'microsoft.storage/storageaccounts' and tags = '{}'::jsonb`,
    says: /^Yes/,
  },
  {
    family: "recommendations",
    question: "list all unattached disks",
    truth: `select count(*) as count, (select count(*) from recommendations where type = 'unattached_disk') as count_open
      from resources where resource_type = 'microsoft.compute/disks' and status = 'unattached'`,
  },
  {
    family: "trend",
    question: "Average weekday spend in September vs weekend",
    tools: ["get_cost_trend"],
    truth: `select avg(cost) as usd from (${daily} where ${september} group by day) d
      group by extract(isodow from day) > 5`,
  },
  {
    family: "trend",
    question: "What does a typical Monday cost?",
    truth: `select avg(cost) as usd from (${daily} where ${september} group by day) d where extract(isodow from day) = 1`,
    says: /Monday/,
  },
  {
    family: "trend",
    question: "Day with the highest spend in Q3 2026",
    truth: `select to_char(day, 'FMDD Mon YYYY') as name, cost as usd
      from (${daily} where ${q3} group by day) d order by cost desc limit 1`,
  },
  {
    family: "trend",
    question: "How many days in September exceeded three and a half thousand dollars?",
    truth: `select count(*) as count from (${daily} where ${september} group by day) d where cost > 3500`,
  },
  {
    family: "trend",
    question: "Give me the monthly totals for 2026 please.",
    truth: `select sum(effective_cost) as usd from costs where ${days("2026-01-01", "2026-10-01")} group by date_trunc('month', day)`,
  },
  {
    family: "explanation",
    question: "How much of September's increase over August is due to bandwidth?",
    truth: `select ${sum(september)} - ${sum(august)} as usd, ${sum(`${september} and service_name = 'Bandwidth'`)} -
      ${sum(`${august} and service_name = 'Bandwidth'`)} as usd_bandwidth from costs`,
    says: /no increase/,
  },
  {
    family: "explanation",
    question: "how much of the drop from August to September came from virtual machines?",
    truth: `select 100 * (${sum(`${september} and service_name = 'Virtual Machines'`)} -
      ${sum(`${august} and service_name = 'Virtual Machines'`)}) / (${sum(september)} - ${sum(august)}) as percent from costs`,
  },
  {
    family: "limits",
    question: "untagged spend last month",
    truth: `select ${sum("coalesce(tags->>'Environment', '') = ''")} as usd_environment,
      ${sum("coalesce(tags->>'Team', '') = ''")} as usd_team from costs where ${september}`,
    says: /which tag\?/i,
  },
  {
    family: "breakdown",
    question: "hey, hope you're well :) what did the web teem spend last mnth? thanks!",
    truth: `select sum(effective_cost) as usd from costs where ${september} and tags->>'Team' = 'web'`,
  },
  {
    family: "breakdown",
    question: "so my boss asks me which two services cost the least in september, any idea?",
    truth: `select service_name as name, sum(effective_cost) as usd from costs where ${september}
      group by 1 having sum(effective_cost) <> 0 order by 2 limit 2`,
    says: /least went to \S[^.]* and /,
  },
  {
    family: "breakdown",
    question: "anything other than production: what did it cost last month?",
    truth: `select sum(effective_cost) as usd from costs
      where ${september} and lower(coalesce(tags->>'Environment', '')) <> 'production'`,
  },
  {
    family: "breakdown",
    question: "Spend in August other than on SQL Database and Virtual Machines",
    truth: `select sum(effective_cost) as usd from costs
      where ${august} and service_name not in ('SQL Database', 'Virtual Machines')`,
  },
  {
    family: "breakdown",
    question: "Break September down by region and then by environment.",
    truth: `select ${sum("region = 'westeurope'")} as usd_region, ${sum("tags->>'Environment' = 'Production'")} as usd_tag
      from costs where ${september}`,
  },
  {
    family: "breakdown",
    question: "What did CC-1010 and CC-2050 spend in September?",
    truth: `select sum(effective_cost) as usd from costs
      where ${september} and tags->>'CostCenter' in ('CC-1010', 'CC-2050') group by tags->>'CostCenter'`,
  },
  {
    family: "breakdown",
    question: "Which subscription is the most expensive and by how much more than the second?",
    truth: `select sub_account_name as name, cost - lead(cost) over (order by cost desc) as usd from
      (select sub_account_name, sum(effective_cost) as cost from costs where ${september} group by 1) s
      order by cost desc limit 1`,
  },
  {
    family: "breakdown",
    question: "Is Contoso Shared Services more than 8% of our spend?",
    truth: `select 100 * ${sum("sub_account_name = 'Contoso Shared Services'")} / sum(effective_cost) as percent
      from costs where ${september}`,
    says: /^Yes/,
  },
  {
    family: "comparison",
    question: "How much more does production cost than development?",
    truth: `select ${sum("lower(tags->>'Environment') = 'production'")} - ${sum("lower(tags->>'Environment') = 'development'")} as usd
      from costs where ${september}`,
  },
  {
    family: "comparison",
    question: "Which resource group shrank the most between July and September?",
    truth: `select resource_group as name, ${sum(september)} - ${sum(july)} as usd from costs group by 1 order by 2 limit 1`,
  },
  {
    family: "comparison",
    question: "Which resource group had the highest growth rate from Q2 to Q3?",
    truth: `select resource_group as name, 100 * (${sum(q3)} - ${sum(q2)}) / ${sum(q2)} as percent
      from costs where resource_group is not null group by 1 having ${sum(q2)} > 0 order by 2 desc nulls last limit 1`,
  },
  {
    family: "comparison",
    question: "was the first half of september more expensive than the second half?",
    truth: `select ${sum(days("2026-09-01", "2026-09-16"))} as usd_first, ${sum(days("2026-09-16", "2026-10-01"))} as usd_second from costs`,
    says: /^No/,
  },
  {
    family: "comparison",
    question: "Did any service more than double between Q2 and Q3?",
    says: /^No: none of the services/,
    tools: ["compare_costs"],
  },
  {
    family: "breakdown",
    question: "Cost by environment for Q3, excluding untagged",
    truth: `select sum(effective_cost) as usd from costs where ${q3} and coalesce(tags->>'Environment', '') <> ''`,
  },
  {
    family: "comparison",
    question: "Did West Europe spend fall in September?",
    truth: `select ${sum(september)} - ${sum(august)} as usd from costs where region = 'westeurope'`,
    says: /^Yes/,
  },
  {
    family: "resources",
    question: "sql databases: number and total cost",
    truth: `select count(*) as count, ${costOf("microsoft.sql/servers/databases")} as usd
      from resources where resource_type = 'microsoft.sql/servers/databases'`,
  },
  {
    family: "recommendations",
    question: "How much did we save last month?",
    tools: ["get_savings_total"],
    says: /was saved in 1-30 Sep 2026/,
  },
  {
    family: "limits",
    question: "show list cost against effective cost for august",
    declines: /No list cost was delivered/,
  },
];
