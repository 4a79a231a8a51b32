/** What people ask of the generated year: every tool that reads cost, by every kind of grouping and filter. */
export const questions = [
  "What did we spend last month by service?",
  "total spend this year",
  "billed cost last month by region",
  "top 5 resource groups last quarter",
  "which subscriptions cost the most in the past 90 days",
  "most expensive resources last month",
  "cost by team tag last month",
  "spend on virtual machines in West Europe last quarter by resource group",
  "spend by provider year to date",
  "show daily cost for September 2026",
  "monthly spend over the past 12 months",
  "weekly cost of storage since June",
  "compare August 2026 with September 2026",
  "why did our bill change in September",
  "how fresh is the data",
  "list price of last month by service",
] as const;
