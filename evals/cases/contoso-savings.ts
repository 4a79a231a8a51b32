import type { EvalCase } from "./eval-case.ts";

/** Savings by who could save them, by kind, as a share and by year; what comes first; what was really saved. */
export const contosoSavings: EvalCase[] = [
  {
    family: "recommendations",
    question: "what should we optimize first?",
    tools: ["plan_savings"],
    says: /commitments last/,
  },
  {
    family: "recommendations",
    question: "how much can we save at low risk with little effort?",
    tools: ["plan_savings"],
    says: /low risk and little effort/,
  },
  {
    family: "recommendations",
    question: "list every low-risk fix for the web team",
    tools: ["plan_savings"],
    truth: `select n.monthly_savings as usd from recommendations n join resources r using (resource_id)
      where r.tags ->> 'Team' = 'web' and n.risk = 'low' and n.monthly_savings is not null order by 1 desc limit 1`,
    moneyWithin: "0.01",
  },
  {
    family: "recommendations",
    question: "how much do we save if we do only the top 3?",
    tools: ["plan_savings"],
    says: /What comes first saves/,
  },
  {
    family: "recommendations",
    question: "which recommendation saves the most money per year?",
    tools: ["list_recommendations"],
    truth:
      "select annual_savings as usd from recommendations where annual_savings is not null order by 1 desc limit 1",
    says: /saves the most/,
  },
  {
    family: "recommendations",
    question: "which public ips are unused and what would deleting them save a year",
    tools: ["list_recommendations"],
    truth: "select sum(annual_savings) as usd from recommendations where type = 'unused_public_ip'",
  },
  {
    family: "recommendations",
    question: "which team could save the most?",
    tools: ["get_savings_total"],
    says: /could save the most/,
  },
  {
    family: "recommendations",
    question: "savings potential per subscription",
    tools: ["get_savings_total"],
    says: /Contoso Production\W+ could save the most/,
  },
  {
    family: "recommendations",
    question: "what share of our spend could we save?",
    tools: ["get_savings_total"],
    says: /^\W*\d+\.\d %[\s\S]*could be saved/,
  },
  {
    family: "recommendations",
    question: "is there anything we still pay for although it's switched off?",
    tools: ["list_recommendations"],
    truth:
      "select sum(monthly_savings) as usd from recommendations where type = 'stopped_not_deallocated_vm'",
  },
  {
    family: "recommendations",
    question: "which savings did we already realise?",
    tools: ["get_savings_total"],
    says: /saved|no change was made/i,
  },
];
