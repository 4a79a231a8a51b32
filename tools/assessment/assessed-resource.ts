import type { RelationshipKind } from "../discovery/derive-relationships.ts";

/** What a check sees of a resource. Untrusted text throughout. */
export interface AssessedResource {
  /** Full id, lower case. */
  id: string;
  /** Lower case. */
  type: string;
  name: string;
  subscriptionId: string;
  resourceGroup: string | null;
  region: string | null;
  status: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
}

/** A metric of a resource over the measured days, of its hourly averages. */
export interface MetricFigures {
  average: number;
  p95: number;
  maximum: number;
  hours: number;
}

/** Everything beside the resource that a check may ask; no check reads anything else. */
export interface AssessmentFacts {
  /** By the business clock. */
  now: Temporal.Instant;
  resource(id: string): AssessedResource | undefined;
  /** Ids of what a resource uses, or of what uses it. */
  related(id: string, kind: RelationshipKind, direction: "uses" | "used_by"): readonly string[];
  metric(id: string, metric: string): MetricFigures | undefined;
  /** Whether such a recommendation is open; undefined when no rule of that type has judged the resource. */
  recommendation(id: string, type: string): boolean | undefined;
}
