import { randomUUID } from "node:crypto";
import { now, type TenantRows } from "./tenant-row.ts";

const results = { passed: 1, failed: 1, unknown: 1 };

/** Of what is said about resources: recommendations and assessments. */
export const judgementRows: TenantRows = {
  recommendations: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    resource_id: randomUUID(),
    type: "t",
    title: "t",
    description: "d",
    impact: "low",
    effort: "easy",
    risk_level: "low",
    confidence: "1",
    status: "dismissed",
    created_at: now,
    updated_at: now,
  }),
  assessment_runs: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    ran_at: now,
    resource_count: 1,
    check_count: 1,
    new_count: 0,
    fixed_count: 0,
    pillars: "[]",
  }),
  assessment_scores: (organization_id) => ({
    organization_id,
    run_id: randomUUID(),
    subscription_id: "s",
    resource_group: "rg",
    pillar: "security",
    ...results,
    passed_weight: 1,
    failed_weight: 1,
    unknown_weight: 1,
  }),
  assessment_counts: (organization_id) => ({
    organization_id,
    subscription_id: "s",
    resource_group: randomUUID(),
    check_id: "c",
    ...results,
  }),
  assessment_findings: (organization_id) => ({
    organization_id,
    check_id: "c",
    resource_id: randomUUID(),
    result: "fail",
    since: now,
    first_run_id: randomUUID(),
  }),
  // Never written by hand: a trigger follows the recommendations.
  recommendation_changes: (organization_id) => ({
    organization_id,
    recommendation_id: randomUUID(),
    changed_at: now,
    to_status: "open",
  }),
  // The same: what was decided.
  recommendation_decisions: (organization_id) => ({
    organization_id,
    recommendation_id: randomUUID(),
    decided_at: now,
    outcome: "dismissed",
    known: "{}",
  }),
  recommendation_rankings: (organization_id) => ({
    organization_id,
    trained_at: now,
    verdict: "too_few",
    decision_count: 0,
    accepted_count: 0,
    measured_count: 0,
    judged_count: 0,
  }),
  recommendation_suppressions: (organization_id, { userId }) => ({
    id: randomUUID(),
    organization_id,
    type: "idle_vm",
    reason: "r",
    created_by: userId,
    created_at: now,
  }),
  analyses: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    cause: "scan",
    status: "done",
    started_at: now,
    updated_at: now,
  }),
};
