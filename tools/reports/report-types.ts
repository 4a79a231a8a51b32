/** What a report can be made of, in the order it is printed. */
export const sectionNames = [
  "costs",
  "cost_trend",
  "cost_changes",
  "cost_places",
  "commitments",
  "estate",
  "realized_savings",
  "savings",
  "recommendations",
  "assessment",
  "failing_checks",
  "compliance",
  "violations",
] as const;
export type SectionName = (typeof sectionNames)[number];

export const sectionTitles: Readonly<Record<SectionName, string>> = {
  costs: "What was spent",
  cost_trend: "Spend over time",
  cost_changes: "What changed",
  cost_places: "Where it was spent",
  commitments: "Reservations and savings plans",
  estate: "Resources",
  realized_savings: "What was saved",
  savings: "What can be saved",
  recommendations: "Recommendations",
  assessment: "Well-Architected scores",
  failing_checks: "Failing checks and how to mend them",
  compliance: "Policies",
  violations: "Policy violations",
};

export const reportTypes = [
  "executive_summary",
  "detailed_technical",
  "cost_analysis",
  "waf_assessment",
  "compliance",
  "custom",
] as const;
export type ReportType = (typeof reportTypes)[number];

export const reportTypeLabels: Readonly<Record<ReportType, string>> = {
  executive_summary: "Executive summary",
  detailed_technical: "Detailed technical report",
  cost_analysis: "Cost analysis",
  waf_assessment: "Well-Architected assessment",
  compliance: "Compliance report",
  custom: "Custom report",
};

/** What each type tells; a custom report's sections are chosen. */
export const typeSections: Readonly<Record<Exclude<ReportType, "custom">, readonly SectionName[]>> = {
  executive_summary: ["costs", "cost_changes", "realized_savings", "savings", "assessment", "compliance"],
  detailed_technical: sectionNames,
  cost_analysis: [
    "costs",
    "cost_trend",
    "cost_changes",
    "cost_places",
    "commitments",
    "realized_savings",
    "savings",
  ],
  waf_assessment: ["assessment", "failing_checks"],
  compliance: ["compliance", "violations"],
};

export const reportFormats = ["html", "pdf"] as const;
export type ReportFormat = (typeof reportFormats)[number];
