import type { EvalCase } from "./eval-case.ts";

const accounts = "resource_type = 'microsoft.storage/storageaccounts'";
const vaults = "resource_type = 'microsoft.keyvault/vaults'";

/** How well the estate is built. The truth reads the properties of the inventory, not the checks. */
export const contosoAssessment: EvalCase[] = [
  {
    family: "assessment",
    question: "How good is our reliability?",
    tools: ["get_assessment"],
    says: /reliability scores/i,
  },
  {
    family: "assessment",
    question: "what's our security score?",
    tools: ["get_assessment"],
    says: /security scores/i,
  },
  {
    family: "assessment",
    question: "which checks fail in rg-web-prod?",
    tools: ["get_assessment"],
    says: /rg-web-prod[\s\S]*-\d\d/,
  },
  {
    family: "assessment",
    question: "what is SEC-ST-02?",
    tools: ["explain_check"],
    truth: `select count(*) as count from resources where ${accounts} and properties ->> 'minimumTlsVersion' = 'TLS1_0'`,
    says: /TLS/,
  },
  {
    family: "assessment",
    question: "explain sec-st-04",
    tools: ["explain_check"],
    truth: `select count(*) filter (where properties ->> 'allowSharedKeyAccess' = 'true') as count_failed,
      count(*) filter (where properties ->> 'allowSharedKeyAccess' = 'false') as count_passed
      from resources where ${accounts}`,
  },
  {
    family: "assessment",
    question: "which resources fail SEC-KV-01?",
    tools: ["explain_check"],
    truth: `select count(*) as count from resources where ${vaults} and properties ->> 'enablePurgeProtection' is null`,
  },
  {
    family: "assessment",
    question: "is our storage secure?",
    tools: ["get_assessment"],
    says: /SEC-ST-/,
  },
  {
    family: "assessment",
    question: "how has our score changed?",
    tools: ["get_assessment"],
    says: /score/i,
  },
  {
    family: "assessment",
    question: "what is the worst pillar?",
    tools: ["get_assessment"],
    says: /weakest pillar/,
  },
  {
    family: "assessment",
    question: "well-architected score per subscription",
    tools: ["get_assessment"],
    says: /Contoso (?:Production|Development|Shared)/,
  },
  {
    family: "assessment",
    question: "are our databases well configured?",
    tools: ["get_assessment"],
    says: /score/i,
  },
  {
    family: "assessment",
    question: "any high severity findings?",
    tools: ["get_assessment"],
    says: /checks fail[\s\S]*\(high\)/,
  },
  {
    family: "assessment",
    question: "how reliable is rg-data-prod?",
    tools: ["get_assessment"],
    says: /Reliability scores[\s\S]*rg-data-prod/,
  },
  {
    family: "assessment",
    question: "which checks could not be evaluated?",
    tools: ["get_assessment"],
    says: /results\W+ could not be told/,
  },
  {
    family: "assessment",
    question: "did our security score get better since last month?",
    tools: ["get_assessment"],
    says: /first assessed on|after [\d.]+ %|the run before/,
  },
  {
    family: "assessment",
    question: "rank the resource groups by Well-Architected score",
    tools: ["get_assessment"],
    says: /lowest score/,
  },
];
