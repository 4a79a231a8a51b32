import type { Generated } from "kysely";
import type { BigId, Json, Numeric, Timestamp } from "./column-types.ts";
import type {
  RecommendationEffort,
  RecommendationRisk,
  RecommendationStatus,
} from "./recommendation-words.ts";

interface Recommendations {
  id: string;
  organization_id: string;
  resource_id: string;
  type: string;
  title: string;
  description: string;
  impact: "high" | "medium" | "low";
  effort: RecommendationEffort;
  risk_level: RecommendationRisk;
  monthly_savings: Numeric | null;
  annual_savings: Numeric | null;
  currency: string | null;
  confidence: Numeric;
  status: RecommendationStatus;
  evidence: Json<unknown[]>;
  metadata: Json<Record<string, unknown>>;
  created_at: Timestamp;
  updated_at: Timestamp;
  status_by: string | null;
  status_reason: string | null;
}

interface RecommendationChanges {
  id: Generated<BigId>;
  organization_id: string;
  recommendation_id: string;
  changed_at: Timestamp;
  from_status: string | null;
  to_status: string;
  changed_by: string | null;
  reason: string | null;
}

interface RecommendationSuppressions {
  id: string;
  organization_id: string;
  type: string | null;
  resource_id: string | null;
  scope: string | null;
  tag_key: string | null;
  tag_value: string | null;
  reason: string;
  expires_at: Timestamp | null;
  created_by: string;
  created_at: Timestamp;
}

interface RecommendationDecisions {
  id: Generated<BigId>;
  organization_id: string;
  recommendation_id: string;
  decided_at: Timestamp;
  outcome: "implemented" | "dismissed" | "suppressed" | "rejected" | "reopened";
  known: Json<Record<string, unknown>>;
}

interface RecommendationRankings {
  organization_id: string;
  trained_at: Timestamp;
  verdict: "learned" | "too_few" | "one_sided" | "not_better";
  decision_count: number;
  accepted_count: number;
  measured_count: number;
  judged_count: number;
  rule_reached: Numeric | null;
  learned_reached: Numeric | null;
  chance: Numeric | null;
  model: Json<Record<string, unknown>> | null;
}

/** Recommendations, their life, what people decided of them, and the order that was learned from it. */
export interface RecommendationSchema {
  recommendations: Recommendations;
  recommendation_changes: RecommendationChanges;
  recommendation_suppressions: RecommendationSuppressions;
  recommendation_decisions: RecommendationDecisions;
  recommendation_rankings: RecommendationRankings;
}
