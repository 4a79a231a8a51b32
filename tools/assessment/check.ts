import { z } from "zod";
import { Condition, PropertyPath } from "./condition.ts";
import { type Pillar, pillars, severities } from "./pillars.ts";

export const PillarName = z.enum(pillars);
export const SeverityName = z.enum(severities);

const prefixes: Record<Pillar, string> = {
  cost_optimization: "COST",
  reliability: "REL",
  security: "SEC",
  performance_efficiency: "PERF",
  operational_excellence: "OPS",
};

const PropertyEvidence = z.strictObject({
  label: z.string().min(2),
  path: PropertyPath,
  /** Of a list: only the elements for which this holds, shown by the field `show`. */
  where: Condition.optional(),
  show: PropertyPath.optional(),
});
const MetricEvidence = z.strictObject({
  label: z.string().min(2),
  metric: z.string(),
  statistic: z.enum(["average", "p95", "maximum"]),
});

/** One question asked of every resource of a type: data only, so that it can be read, shown and checked itself. */
export const Check = z
  .strictObject({
    id: z.string().regex(/^(COST|REL|SEC|PERF|OPS)-[A-Z]+-\d\d$/),
    pillar: PillarName,
    severity: SeverityName,
    /** Resource types, lower case. */
    appliesTo: z.array(z.string().regex(/^microsoft\.[a-z]+(\/[a-z]+)+$/)).min(1),
    /** Only where this holds; elsewhere the check does not apply. */
    when: Condition.optional(),
    passes: Condition,
    evidence: z.array(z.union([PropertyEvidence, MetricEvidence])),
    question: z.string().min(10).max(140),
    why: z.string().min(30).max(400),
    fix: z.string().min(20).max(400),
    source: z.url({ protocol: /^https$/, hostname: /^learn\.microsoft\.com$/ }),
  })
  .refine(({ id, pillar }) => id.startsWith(`${prefixes[pillar]}-`), "the id begins with its pillar");
export type Check = z.infer<typeof Check>;
