import type { BigId, Json, Timestamp } from "./column-types.ts";

interface AssessmentRuns {
  id: string;
  organization_id: string;
  ran_at: Timestamp;
  resource_count: number;
  check_count: number;
  new_count: number;
  fixed_count: number;
  pillars: Json<unknown[]>;
}

interface Results {
  organization_id: string;
  subscription_id: string;
  resource_group: string;
  passed: number;
  failed: number;
  unknown: number;
}

interface AssessmentScores extends Results {
  run_id: string;
  pillar: string;
  passed_weight: number;
  failed_weight: number;
  unknown_weight: number;
}

interface AssessmentCounts extends Results {
  check_id: string;
}

interface AssessmentFindings {
  id: BigId;
  organization_id: string;
  check_id: string;
  resource_id: string;
  result: "fail" | "unknown";
  evidence: Json<unknown[]>;
  since: Timestamp;
  first_run_id: string;
  ended_at: Timestamp | null;
  ended_run_id: string | null;
}

/** What runs of the Well-Architected assessment keep. */
export interface AssessmentSchema {
  assessment_runs: AssessmentRuns;
  assessment_scores: AssessmentScores;
  assessment_counts: AssessmentCounts;
  assessment_findings: AssessmentFindings;
}
