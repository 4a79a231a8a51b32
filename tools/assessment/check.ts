import { z } from "zod";
import { Condition, PropertyPath } from "./condition.ts";

export const pillars = [
  "cost_optimization",
  "reliability",
  "security",
  "performance_efficiency",
  "operational_excellence",
] as const;
export const Pillar = z.enum(pillars);
export type Pillar = z.infer<typeof Pillar>;

export const pillarLabels: Record<Pillar, string> = {
  cost_optimization: "Cost optimization",
  reliability: "Reliability",
  security: "Security",
  performance_efficiency: "Performance efficiency",
  operational_excellence: "Operational excellence",
};
const prefixes: Record<Pillar, string> = {
  cost_optimization: "COST",
  reliability: "REL",
  security: "SEC",
  performance_efficiency: "PERF",
  operational_excellence: "OPS",
};

export const severities = ["high", "medium", "low"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;
/** How much a check counts in a score: a high one as much as four low ones. */
export const severityWeights: Record<Severity, number> = { high: 4, medium: 2, low: 1 };

const Evidence = z.strictObject({
  label: z.string().min(2),
  path: PropertyPath,
  /** Of a list: only the elements for which this holds, shown by the field `show`. */
  where: Condition.optional(),
  show: PropertyPath.optional(),
});

/** One question asked of every resource of a type: data only, so that it can be read, shown and checked itself. */
export const Check = z
  .strictObject({
    id: z.string().regex(/^(COST|REL|SEC|PERF|OPS)-[A-Z]+-\d\d$/),
    pillar: Pillar,
    severity: Severity,
    /** Resource types, lower case. */
    appliesTo: z.array(z.string().regex(/^microsoft\.[a-z]+(\/[a-z]+)+$/)).min(1),
    /** Only where this holds; elsewhere the check does not apply. */
    when: Condition.optional(),
    passes: Condition,
    evidence: z.array(Evidence),
    question: z.string().min(10).max(140),
    why: z.string().min(30).max(400),
    fix: z.string().min(20).max(400),
    source: z.url({ protocol: /^https$/, hostname: /^learn\.microsoft\.com$/ }),
  })
  .refine(({ id, pillar }) => id.startsWith(`${prefixes[pillar]}-`), "the id begins with its pillar");
export type Check = z.infer<typeof Check>;
