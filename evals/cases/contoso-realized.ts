import type { EvalCase } from "./eval-case.ts";

/** What a machine cost a day, on average: a day without a charge cost nothing. */
const daily = (machine: string, start: string, end: string) =>
  `(select coalesce(sum(least(effective_cost, billed_cost)), 0) / (date '${end}' - date '${start}') from costs
    where charge_category = 'Usage' and day >= '${start}' and day < '${end}'
      and resource_id like '%/virtualmachines/${machine}')`;
const saved = (machine: string, from = "2026-09-04", to = "2026-10-14") =>
  `(${daily(machine, "2026-08-04", "2026-09-03")} - ${daily(machine, from, to)}) * (date '${to}' - date '${from}')`;
const first = "vm-loadtest-001";
const second = "vm-loadtest-002";
const monthly = (machine: string) =>
  `(${daily(machine, "2026-08-04", "2026-09-03")} - ${daily(machine, "2026-09-04", "2026-10-14")}) * 365 / 12`;
const warehouse = `(${daily("vm-warehouse-prod-001", "2026-08-11", "2026-09-10")}
  - ${daily("vm-warehouse-prod-001", "2026-09-11", "2026-10-14")}) * 33`;

/** What was really saved by what was done (plant-done.ts), against the raw rows of before and after. */
export const contosoRealized: EvalCase[] = [
  {
    family: "recommendations",
    question: "what did we really save?",
    tools: ["get_savings_total"],
    truth: `select ${saved(first)} + ${saved(second)} + ${warehouse} as usd, 3 as count`,
    moneyWithin: "0.05",
    says: /saved so far/,
  },
  {
    family: "recommendations",
    question: `did stopping ${first} pay off?`,
    tools: ["get_savings_total"],
    truth: `select ${monthly(first)} as usd_month, ${saved(first)} as usd_so_far`,
    moneyWithin: "0.02",
    says: /^Yes/,
  },
  {
    family: "recommendations",
    question: "did the resize of vm-warehouse-prod-001 pay off?",
    tools: ["get_savings_total"],
    says: /^No, it saved nothing/,
  },
  {
    family: "recommendations",
    question: "savings we realized this month",
    tools: ["get_savings_total"],
    truth: `select ${saved(first, "2026-10-01")} + ${saved(second, "2026-10-01")} as usd`,
    moneyWithin: "0.05",
    says: /1-13 Oct 2026|Oct/,
  },
  {
    family: "recommendations",
    question: "was the resize of vm-api-prod-001 worth it?",
    tools: ["get_savings_total"],
    says: /not known yet/,
  },
];
