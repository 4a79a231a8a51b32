import type { Finding, Verdict } from "./finding.ts";
import type { MetricKey } from "./hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import type { RecommendationType } from "./recommendation-types.ts";

/** A threshold that an organization can change. */
export interface Threshold {
  default: number;
  minimum: number;
  maximum: number;
  /** percent, days, ratio, count ... */
  unit: string;
  /** What it decides, and the source of the default. */
  description: string;
}

export type Limits<Names extends string = string> = Readonly<Record<Names, number>>;

/** Judges one resource at a time. Pure: the same resource, facts and limits give the same verdict. */
export interface Rule<Names extends string = string> {
  type: RecommendationType;
  /** Lower case. */
  resourceTypes: readonly string[];
  /** What it reads of the metrics; a rule with none judges also where metrics could not be read. */
  metrics: readonly MetricKey[];
  thresholds: Readonly<Record<Names, Threshold>>;
  judge(resource: JudgedResource, facts: ResourceFacts, limits: Limits<Names>): Verdict;
}

/**
 * Judges what several machines do together (a reservation covers whichever of them runs). It sees each machine
 * once, with what the other rules found on it, keeps the little it needs, and judges at the end.
 */
export interface FleetRule<Seen = unknown, Names extends string = string> {
  type: RecommendationType;
  resourceTypes: readonly string[];
  metrics: readonly MetricKey[];
  thresholds: Readonly<Record<Names, Threshold>>;
  /** Undefined: what is known does not tell which group the resource belongs to. */
  observe(
    resource: JudgedResource,
    facts: ResourceFacts,
    found: readonly Finding[],
    limits: Limits<Names>,
  ): Seen | undefined;
  /** `resourceId` names what is recommended (a group of machines), the same at every run. */
  judge(
    seen: readonly Seen[],
    subscription: { id: string; today: string },
    limits: Limits<Names>,
  ): { resourceId: string; verdict: Verdict }[];
}

/** A rule with its thresholds' names known to its `judge`. */
export function defineRule<const Names extends string>(rule: Rule<Names>): Rule {
  return rule as unknown as Rule;
}

export function defineFleetRule<Seen, const Names extends string>(rule: FleetRule<Seen, Names>): FleetRule {
  return rule as unknown as FleetRule;
}

/** The limits of a rule: its defaults, with what the organization set instead. */
export function limitsOf<Names extends string>(
  { thresholds }: { thresholds: Readonly<Record<Names, Threshold>> },
  own: Readonly<Record<string, number>> = {},
): Limits<Names> {
  const limits = Object.entries<Threshold>(thresholds).map(([name, threshold]) => {
    const set = own[name] ?? threshold.default;
    return [name, Math.min(threshold.maximum, Math.max(threshold.minimum, set))];
  });
  return Object.fromEntries(limits) as Limits<Names>;
}
