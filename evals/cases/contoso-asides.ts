import type { EvalCase } from "./eval-case.ts";

const machine = "vm-web-prod-001";
const of = (type: string) => `from resources where resource_type = 'microsoft.${type}'`;
const now = "timestamptz '2026-10-14T09:00:00Z'";

/** Words beside the question that earlier answers passed over: which of many, when, how large, what was planned. */
export const contosoAsides: EvalCase[] = [
  {
    family: "recommendations",
    question: "which app service plans are a waste of money",
    tools: ["list_recommendations"],
    truth: "select sum(monthly_savings) as usd from recommendations where type = 'empty_app_service_plan'",
  },
  {
    family: "assessment",
    question: `which checks fail for ${machine}`,
    tools: ["get_assessment"],
    truth: `select count(*) as count_checks from assessment_findings f join resources r using (resource_id)
      where r.name = '${machine}' and f.result = 'fail' and f.ended_at is null`,
  },
  {
    family: "assessment",
    question: `what's wrong with ${machine}`,
    tools: ["get_assessment"],
    says: /fails 1 check[\s\S]*SEC-VM-02[\s\S]*not flagged/,
  },
  {
    family: "totals",
    question: "total for august incl. tax",
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-08-01' and day < '2026-09-01'",
    says: /no tax in the cost data/,
  },
  {
    family: "totals",
    question: "how much did we pay for storage in germany in july, without snapshots",
    declines: /"snapshots" can't be left out/,
  },
  {
    family: "totals",
    question: "which purchases did we make in the last 12 months",
    truth: `select sum(billed_cost) as usd from costs
      where charge_category = 'Purchase' and coalesce(charge_class, '') <> 'Correction'
        and day >= '2025-10-01' and day < '2026-10-01'`,
    says: /billed cost/,
  },
  {
    family: "totals",
    question: "were there negative charges",
    truth: `select sum(effective_cost) as usd from costs
      where effective_cost < 0 and day >= '2025-10-14' and day < '2026-10-14'`,
    says: /\bYes\b.*refunds/,
  },
  { family: "limits", question: "did we burn more than planned", declines: /can't keep budgets/ },
  {
    family: "comparison",
    question: "are we on track this month",
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-10-01'",
    says: /No budget is kept/,
  },
  {
    family: "totals",
    question: "how fast are we burning money",
    truth: `select sum(effective_cost) / 30 as usd from costs where day >= '2026-09-01' and day < '2026-10-01'`,
    moneyWithin: "0.01",
    says: /a day on average/,
  },
  {
    family: "totals",
    question: "spend in the last month",
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-09-14' and day < '2026-10-14'",
    says: /14 Sep/,
  },
  {
    family: "freshness",
    question: "do the numbers tie out for storage",
    tools: ["reconcile_costs"],
    truth: `select sum(billed_cost) as usd from costs
      where day >= '2026-09-01' and day < '2026-10-01' and service_name = 'Storage'`,
  },
  {
    family: "freshness",
    question: "does our total match the invoice from azure",
    tools: ["reconcile_costs"],
    says: /Sep 2026[\s\S]*invoice itself is not kept/,
  },
  {
    family: "comparison",
    question: "which costs appeared new this month",
    tools: ["compare_costs"],
    says: /None of the services is new/,
  },
  {
    family: "breakdown",
    question: "what is the cost of each team including shared cost",
    tools: ["get_allocation"],
    says: /no allocation rule/,
  },
  {
    family: "resources",
    question: `is ${machine} under load at night`,
    tools: ["get_resource_metrics"],
    says: /"at night" is not told apart/,
  },
  {
    family: "totals",
    question: `how much does an hour of ${machine} cost`,
    says: /Not answered here: "an hour"/,
  },
  {
    family: "resources",
    question: "snapshots older than 90 days",
    tools: ["search_resources"],
    truth: `select count(*) as count_snapshots ${of("compute/snapshots")}
      and (properties ->> 'timeCreated')::timestamptz < ${now} - interval '90 days'`,
  },
  {
    family: "resources",
    question: "how old is our oldest snapshot?",
    tools: ["search_resources"],
    truth: `select max(floor(extract(epoch from ${now} - (properties ->> 'timeCreated')::timestamptz) / 86400)) as days
      ${of("compute/snapshots")}`,
    says: /^The oldest of/,
  },
  {
    family: "resources",
    question: "which disks are bigger than 500 GB",
    tools: ["search_resources"],
    truth: `select count(*) as count_disks ${of("compute/disks")} and (properties ->> 'diskSizeGB')::int > 500`,
  },
  {
    family: "resources",
    question: "dearest database per team",
    tools: ["search_resources"],
    truth: `select max(cost) as usd, team from (
        select r.tags ->> 'Team' as team, r.name, sum(c.effective_cost) as cost
        from resources r join costs c using (resource_id)
        where r.resource_type = 'microsoft.sql/servers/databases' and r.tags ? 'Team'
          and c.day >= '2026-09-01' and c.day < '2026-10-01'
        group by 1, 2, r.resource_id) each group by team`,
  },
  {
    family: "resources",
    question: "most expensive VM in each subscription",
    tools: ["search_resources"],
    truth: `select max(cost) as usd from (
        select r.subscription_id as place, sum(c.effective_cost) as cost
        from resources r join costs c using (resource_id)
        where r.resource_type = 'microsoft.compute/virtualmachines' and c.day >= '2026-09-01' and c.day < '2026-10-01'
        group by 1, r.resource_id) each group by place`,
  },
  {
    family: "resources",
    question: "how many node pools does our aks cluster have",
    tools: ["get_resource_relationships"],
    truth: `select count(*) as count_clusters ${of("containerservice/managedclusters")}`,
    says: /aks-platform-prod: .*workers/,
  },
  {
    family: "breakdown",
    question: "how many VMs are covered by a reservation",
    tools: ["get_commitments"],
    truth: `select count(*) as count_covered from (
        select resource_id from costs where day >= '2026-09-01' and day < '2026-10-01' and charge_category = 'Usage'
          and resource_type in ('microsoft.compute/virtualmachines', 'microsoft.compute/virtualmachinescalesets')
          and coalesce(commitment_discount_status, '') <> 'Unused'
        group by 1 having sum(greatest(0, effective_cost - greatest(0, billed_cost))) > 0.005) covered`,
    says: /wholly or in part/,
  },
  {
    family: "breakdown",
    question: "which reservations do we have",
    tools: ["get_commitments"],
    truth: "select name as commitment from planted_commitment",
  },
  {
    family: "freshness",
    question: "when was the last scan and what failed",
    tools: ["get_data_freshness"],
    truth: "select count(*) as count_resources from resources",
    says: /last scan[\s\S]*nothing failed/,
  },
  {
    family: "freshness",
    question: "is the data complete for september",
    tools: ["get_data_freshness"],
    says: /Every day of September 2026/,
  },
  {
    family: "totals",
    question: "is there any cost in other currencies",
    truth: "select sum(effective_cost) as usd from costs where day >= '2026-09-01' and day < '2026-10-01'",
    says: /All of it is in USD/,
  },
  {
    family: "follow-up",
    before: ["show me the VMs of team web", "only the stopped ones"],
    question: "what do they cost",
    tools: ["search_resources"],
    truth: `select sum(effective_cost) as usd from costs join resources r using (resource_id)
      where r.resource_type = 'microsoft.compute/virtualmachines' and r.tags ->> 'Team' = 'web'
        and r.status = 'stopped' and day >= '2026-09-01' and day < '2026-10-01'`,
  },
  {
    family: "follow-up",
    before: ["unused public ips"],
    question: "how much would we save if we delete them",
    truth: "select sum(monthly_savings) as usd from recommendations where type = 'unused_public_ip'",
  },
  {
    family: "follow-up",
    before: ["show reservations"],
    question: "how much is unused",
    tools: ["get_commitments"],
    says: /Utilization .*unused/,
  },
  {
    family: "resources",
    question: "how much we pay for vm who are off",
    tools: ["search_resources"],
    truth: `select sum(effective_cost) as usd from costs join resources r using (resource_id)
      where r.resource_type = 'microsoft.compute/virtualmachines' and r.status in ('stopped', 'deallocated')
        and day >= '2026-09-01' and day < '2026-10-01'`,
  },
  {
    family: "trend",
    question: "what was the most expensive day in september and why",
    truth: `select sum(effective_cost) as usd from costs where day >= '2026-09-01' and day < '2026-10-01'
      group by day order by 1 desc limit 1`,
  },
  {
    family: "resources",
    question: "are there resources in regions we shouldn't be in",
    says: /^\W*"?.*shouldn't be in.*could not be taken into account/,
  },
];
