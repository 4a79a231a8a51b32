import type { EvalCase } from "./eval-case.ts";

const plantedSavings = (where: string) =>
  `select sum(one_year::numeric) as usd_one, sum(three_years::numeric) as usd_three from planted_waste where ${where}`;
// What is planted is exact; a group's saving is shown in cents.
const rounding = "1";
const cents = "0.05";
const unused = "select 30 * sum(daily::numeric - used_daily::numeric) as usd from planted_commitment";

/** Reservations and savings plans, asked in other people's words: how they do, what more would, and what is not known. */
export const contosoCommitments: EvalCase[] = [
  {
    family: "recommendations",
    question: "compare a savings plan with reservations for the Esv5 series in north europe",
    tools: ["simulate_commitment"],
    truth: plantedSavings("region = 'northeurope' and flexibility_group = 'Esv5 Series'"),
    moneyWithin: rounding,
    says: /never added/,
  },
  {
    family: "recommendations",
    question: "how much of our compute should we commit to?",
    tools: ["simulate_commitment"],
    says: /savings plan[\s\S]*an hour/i,
  },
  {
    family: "recommendations",
    question: "what's the break-even of the Esv5 reservation in north europe",
    tools: ["simulate_commitment"],
    truth: plantedSavings("region = 'northeurope' and flexibility_group = 'Esv5 Series'"),
    moneyWithin: rounding,
    says: /price back after \d+ months/,
  },
  {
    family: "recommendations",
    question: "how long until a one year savings plan pays for itself",
    tools: ["simulate_commitment"],
    says: /after \d+ months[\s\S]*1 year/,
  },
  {
    family: "recommendations",
    question: "which of our reservations were underused in September, and by how much",
    tools: ["get_commitments"],
    truth: unused,
    moneyWithin: cents,
    says: /^\W*\d commitments are\W+not fully used/,
  },
  {
    family: "recommendations",
    question: "was our savings plan worth it in September?",
    tools: ["get_commitments"],
    says: /utilization/i,
  },
  {
    family: "recommendations",
    question: "what did reservations and savings plans cost us in September",
    tools: ["get_commitments"],
    truth: "select 30 * sum(daily::numeric) as usd from planted_commitment",
    moneyWithin: cents,
  },
  {
    family: "recommendations",
    question: "how confident are you in the reservation for northeurope-esv5-series?",
    tools: ["list_recommendations"],
    truth:
      "select monthly_savings as usd from recommendations where type = 'reserved_instance' and resource_id like '%northeurope-esv5-series'",
    says: /confidence/i,
  },
  {
    family: "limits",
    question: "when do our reservations expire?",
    declines: /can['’]t tell when a reservation or savings plan ends/,
  },
];
