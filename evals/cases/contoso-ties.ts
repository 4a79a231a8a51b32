import type { EvalCase } from "./eval-case.ts";

const september = "day >= '2026-09-01' and day < '2026-10-01'";

/** Whether costs tie out, whose they are after the rules, and what hangs together. */
export const contosoTies: EvalCase[] = [
  {
    family: "totals",
    question: "what is the difference between our billed cost and the invoice in September?",
    tools: ["reconcile_costs"],
    truth: `select sum(billed_cost) as usd from costs where ${september}`,
    says: /no difference/,
  },
  {
    family: "totals",
    question: "does our stored cost tie out with Azure for September 2026?",
    tools: ["reconcile_costs"],
    truth: `select sum(effective_cost) as usd from costs where ${september}`,
    says: /to the cent(?![\s\S]*was read as)/,
  },
  {
    family: "breakdown",
    question: "how much of our September cost is unallocated?",
    tools: ["get_allocation"],
    says: /unallocated/i,
  },
  {
    family: "breakdown",
    question: "what is our tag coverage in September",
    tools: ["get_allocation"],
    truth: `select sum(effective_cost) as usd from costs where ${september} and coalesce(tags ->> 'Team', '') <> ''`,
  },
  {
    family: "resources",
    question: "what is attached to vm-legacy-cms-001?",
    tools: ["get_resource_relationships"],
    says: /vm-legacy-cms-001/,
  },
];
