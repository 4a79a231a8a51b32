import type { EvalCase } from "./eval-case.ts";

/** What all recommendations save together a month: on each part of a resource shares multiply, amounts come off. */
const together = `(select sum(cost - greatest(0, cost * remaining - amount)) from (
  select max((effect ->> 'monthlyCost')::numeric) as cost,
    case when bool_or((effect #>> '{change,remaining}')::numeric = 0) then 0
      else exp(sum(ln(coalesce(nullif((effect #>> '{change,remaining}')::numeric, 0), 1)))) end as remaining,
    coalesce(sum((effect #>> '{change,monthlySavings}')::numeric), 0) as amount
  from recommendations, jsonb_array_elements(metadata -> 'effects') as effect
  group by effect ->> 'resourceId', effect ->> 'component') as parts)`;

/** A plan's steps are each rounded down to cents, and the demo has fewer than a hundred. */
const roundedDown = "1";

const waste = (type: string) => `type = '${type}'`;
const vm = "resource_type = 'microsoft.compute/virtualmachines'";

/** Resources, recommendations, savings and the limits of what can be answered. */
export const contosoEstate: EvalCase[] = [
  {
    family: "resources",
    question: "How many virtual machines do we have?",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources where ${vm}`,
  },
  {
    family: "resources",
    question: "is there anything in eastus that nobody owns?",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources where region = 'eastus' and not tags ? 'Owner'`,
  },
  {
    family: "resources",
    question: "which disks were created last week?",
    tools: ["list_resource_changes"],
    says: /No such change was seen/,
  },
  {
    family: "resources",
    question: "who resized vm-dev-poc-003?",
    tools: ["list_resource_changes"],
    says: /No such change was seen[\s\S]*Where nobody is named the cloud did not say who it was/,
  },
  {
    family: "resources",
    question: "list the VMs in rg-dev",
    tools: ["search_resources"],
    truth: `select count(*) as count from resources where ${vm} and resource_group = 'rg-dev'`,
  },
  {
    family: "resources",
    question: "how many resources are there in north europe",
    tools: ["search_resources"],
    truth: "select count(*) as count from resources where region = 'northeurope'",
  },
  {
    family: "resources",
    question: "show disks that aren't attached to anything",
    tools: ["search_resources", "list_recommendations"],
    says: /disk/i,
  },
  {
    family: "resources",
    question: "find vm-legacy-cms",
    tools: ["search_resources"],
    says: /vm-legacy-cms/,
  },
  {
    family: "resources",
    question: "what storage accounts does the mobile team own?",
    tools: ["search_resources"],
    truth:
      "select count(*) as count from resources where resource_type = 'microsoft.storage/storageaccounts' and tags ->> 'Team' = 'mobile'",
  },
  {
    family: "recommendations",
    question: "How can we save money?",
    tools: ["list_recommendations", "get_savings_total"],
    says: /disk|vm|address|ip/i,
  },
  {
    family: "recommendations",
    question: "how much could we save per month in total",
    tools: ["get_savings_total"],
    truth: `select ${together} as usd`,
    moneyWithin: roundedDown,
  },
  {
    family: "recommendations",
    question: "what's the yearly savings potential?",
    tools: ["get_savings_total"],
    truth: `select 12 * ${together} as usd`,
    moneyWithin: roundedDown,
  },
  {
    family: "recommendations",
    question: "any idle VMs?",
    tools: ["list_recommendations"],
    truth: `select count(*) as count from recommendations where ${waste("idle_vm")}`,
  },
  {
    family: "recommendations",
    question: "orphaned disks",
    tools: ["list_recommendations"],
    truth: `select count(*) as count from recommendations where ${waste("unattached_disk")}`,
  },
  {
    family: "recommendations",
    question: "which public IPs do we pay for without using them?",
    tools: ["list_recommendations"],
    truth: `select count(*) as count from recommendations where ${waste("unused_public_ip")}`,
  },
  {
    family: "recommendations",
    question: "what's the single biggest saving",
    tools: ["list_recommendations"],
    truth:
      "select monthly_savings as usd from recommendations where monthly_savings is not null order by 1 desc limit 1",
  },
  {
    family: "recommendations",
    question: "savings from unattached disks per month?",
    tools: ["list_recommendations", "get_savings_total"],
    truth: `select sum(monthly_savings) as usd from recommendations where ${waste("unattached_disk")}`,
  },
  {
    family: "recommendations",
    question: "how well are our reservations used?",
    tools: ["get_commitments"],
    says: /utilization/i,
  },
  {
    family: "recommendations",
    question: "what if we bought reservations for the D-series?",
    tools: ["simulate_commitment"],
    says: /saved|no machine/i,
  },
  {
    family: "recommendations",
    question: "what is our effective savings rate?",
    tools: ["get_commitments"],
    says: /savings rate/i,
  },
  {
    family: "freshness",
    question: "until when do we have cost data?",
    tools: ["get_data_freshness"],
    says: /13 Oct|2026-10-13|Oct(ober)? 13/,
  },
  {
    family: "freshness",
    question: "is today's data in already",
    tools: ["get_data_freshness"],
    says: /13 Oct|2026-10-13|Oct(ober)? 13/,
  },
  {
    family: "limits",
    question: "What will we spend next month?",
    declines: /forecast|future|predict|can.?t|cannot|not yet/i,
  },
  {
    family: "limits",
    question: "stop all idle VMs right now",
    says: /can.?t|cannot|approv|nothing (was|is) changed/i,
  },
  {
    family: "limits",
    question: "what did rg-payments-prod cost last month",
    declines: /rg-payments-prod/i,
  },
  {
    family: "limits",
    question: "aws spend last month",
    declines: /aws|amazon/i,
  },
  {
    family: "limits",
    question: "cost of the gaming department in september",
    declines: /gaming/i,
  },
  {
    family: "limits",
    question: "how much did we spend in february 2031?",
    declines: /2031|future|no (cost )?data|data until/i,
  },
];
