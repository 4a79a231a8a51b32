import type { EvalCase } from "./eval-case.ts";

/** Savings are shown in whole cents, rounded down. */
const cents = "0.01";
/** A group's saving is of units each rounded to a millionth an hour, over 730 hours. */
const rounding = "0.5";

const saving = (name: string) =>
  `select monthly_saving as usd from planted_waste where name = '${name}' order by monthly_saving::numeric desc limit 1`;
const target = (name: string) =>
  `select monthly_saving as usd, target as name from planted_waste where name = '${name}' and target is not null`;
const failing = (check: string) =>
  `select count(*) as count from planted_failure where check_id = '${check}'`;

const whyFlagged = (question: string, truth: string, says?: RegExp): EvalCase => ({
  family: "recommendations",
  question,
  tools: ["list_recommendations"],
  truth,
  moneyWithin: cents,
  ...(says ? { says } : {}),
});
const notFlagged = (question: string, name: string): EvalCase => ({
  family: "recommendations",
  question,
  truth: `select name from planted_trap where name = '${name}' limit 1`,
  says: /not flagged/i,
});
const check = (question: string, id: string): EvalCase => ({
  family: "assessment",
  question,
  tools: ["explain_check"],
  truth: failing(id),
});

/** What was planted on purpose, and what only looks so: the truth is the sandbox's own answer key, never a rule's. */
export const contosoPlanted: EvalCase[] = [
  whyFlagged("why is vm-legacy-cms-001 flagged?", saving("vm-legacy-cms-001"), /idle/i),
  whyFlagged("why is vm-dev-spike-001 flagged as idle?", saving("vm-dev-spike-001"), /CPU/),
  whyFlagged("Why do you recommend to resize vm-invoices-prod-001?", target("vm-invoices-prod-001")),
  whyFlagged("why should we downsize vm-dev-reports-001?", target("vm-dev-reports-001")),
  whyFlagged("what is the evidence that disk-old-warehouse-002 is unused?", saving("disk-old-warehouse-002")),
  whyFlagged("why is vm-erp-prod-001 flagged?", saving("vm-erp-prod-001"), /hybrid benefit/i),
  whyFlagged("why is plan-dev-campaign-001 flagged?", saving("plan-dev-campaign-001"), /plan/i),
  whyFlagged("how sure are you that vm-dev-poc-003 is idle?", saving("vm-dev-poc-003"), /confidence/i),
  notFlagged("why is vm-warehouse-dr-001 flagged as idle?", "vm-warehouse-dr-001"),
  notFlagged("why is pip-nat-001 flagged as unused?", "pip-nat-001"),
  notFlagged("why is disk-restore-point-001 flagged?", "disk-restore-point-001"),
  {
    family: "recommendations",
    question: "why don't you recommend stopping vm-warehouse-dr-001?",
    tools: ["list_recommendations"],
    says: /idle on purpose[\s\S]*DR replica/i,
  },
  {
    family: "recommendations",
    question: "is vm-cache-prod-001 too large?",
    tools: ["list_recommendations"],
    says: /No smaller size carries it: its memory would be too small/,
  },
  {
    family: "recommendations",
    question: "should we move the ratings database to serverless?",
    tools: ["list_recommendations"],
    says: /Serverless candidate: /,
  },
  {
    family: "recommendations",
    question: "what would reservations for the Esv5 series in north europe save?",
    tools: ["simulate_commitment"],
    truth: `select sum(one_year::numeric) as usd_one, sum(three_years::numeric) as usd_three from planted_waste
      where region = 'northeurope' and flexibility_group = 'Esv5 Series'`,
    moneyWithin: rounding,
  },
  {
    family: "recommendations",
    question: "should we buy reserved instances in east us?",
    tools: ["simulate_commitment"],
    truth: "select sum(one_year::numeric) as usd from planted_waste where region = 'eastus'",
    moneyWithin: rounding,
  },
  {
    family: "recommendations",
    question:
      "what did our reservations and savings plans cost us unused in September, and how well are they used?",
    tools: ["get_commitments"],
    truth: "select 30 * sum(daily::numeric - used_daily::numeric) as usd from planted_commitment",
    moneyWithin: cents,
    says: /utilization/i,
  },
  {
    family: "recommendations",
    question: "are our reservations used in September 2026?",
    tools: ["get_commitments"],
    truth:
      "select 30 * (daily::numeric - used_daily::numeric) as usd from planted_commitment where name like 'ri-%'",
    moneyWithin: cents,
  },
  {
    family: "recommendations",
    question: "savings plan utilization last month",
    tools: ["get_commitments"],
    truth: "select 30 * sum(used_daily::numeric) as usd from planted_commitment",
    moneyWithin: cents,
  },
  {
    family: "recommendations",
    question: "what was our effective savings rate in September?",
    tools: ["get_commitments"],
    truth: `select list as usd_list, list - paid - unused as usd_saved,
      round(100 * (list - paid - unused) / list, 2) as percent
      from (select sum(list_daily::numeric * september_days::int) as list,
          sum(daily::numeric * september_days::int) as paid from planted_machine) machines,
        (select 30 * sum(daily::numeric - used_daily::numeric) as unused from planted_commitment) commitments`,
    moneyWithin: cents,
    says: /retail prices/,
  },
  {
    family: "assessment",
    question: "how good is our reliability right now?",
    tools: ["get_assessment"],
    // It names the severest; of those this one was planted.
    truth:
      "select check_id as name, count(*) as count from planted_failure where check_id = 'REL-SQL-02' group by 1",
    says: /reliability scores/i,
  },
  check("which resources fail REL-SQL-02?", "REL-SQL-02"),
  check("explain REL-LB-03", "REL-LB-03"),
  check("what is REL-PLAN-02?", "REL-PLAN-02"),
  check("explain OPS-VM-02", "OPS-VM-02"),
  check("which resources fail SEC-DISK-01?", "SEC-DISK-01"),
  check("explain PERF-APP-01", "PERF-APP-01"),
];
