export const pillars = [
  "cost_optimization",
  "reliability",
  "security",
  "performance_efficiency",
  "operational_excellence",
] as const;
export type Pillar = (typeof pillars)[number];

/** The five pillars of the Well-Architected Framework, as people call them. */
export const pillarLabels: Record<Pillar, string> = {
  cost_optimization: "Cost optimization",
  reliability: "Reliability",
  security: "Security",
  performance_efficiency: "Performance efficiency",
  operational_excellence: "Operational excellence",
};

export const severities = ["high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** How much a check counts in a score: a high one as much as four low ones. */
export const severityWeights: Record<Severity, number> = { high: 4, medium: 2, low: 1 };
