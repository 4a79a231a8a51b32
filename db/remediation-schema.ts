import type { ColumnType, Generated } from "kysely";
import type { BigId, Json, Timestamp } from "./column-types.ts";

export interface RemediationActions {
  id: string;
  organization_id: string;
  recommendation_ids: ColumnType<string[], string[] | undefined, never>;
  action_type: string;
  plan: ColumnType<string, string, never>;
  plan_hash: ColumnType<string, string, never>;
  subject_hash: ColumnType<string, string, never>;
  risk_level: "high" | "medium" | "low";
  reversible: boolean;
  required_approvers: number;
  self_approval: boolean;
  proposed_by: string;
  proposed_through: string;
  undo_of: string | null;
  status:
    | "proposed"
    | "simulated"
    | "approved"
    | "rejected"
    | "expired"
    | "executing"
    | "verifying"
    | "completed"
    | "failed"
    | "needs_attention"
    | "rolled_back";
  status_reason: string | null;
  expires_at: Timestamp;
  simulation: ColumnType<Record<string, unknown> | null, string | undefined, string>;
  lease_owner: string | null;
  leased_until: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface RemediationApprovals {
  id: string;
  organization_id: string;
  action_id: string;
  plan_hash: string;
  user_id: string;
  decision: "approve" | "reject";
  reason: string | null;
  through: string;
  decided_at: Timestamp;
}

export interface RemediationItems {
  organization_id: string;
  action_id: string;
  position: number;
  resource_id: string;
  status: ColumnType<
    "waiting" | "executing" | "verifying" | "completed" | "failed" | "needs_attention",
    string | undefined,
    string
  >;
  reason: string | null;
  result: ColumnType<Record<string, unknown>, string | undefined, string>;
  updated_at: Timestamp;
}

export interface RemediationJournal {
  sequence: Generated<BigId>;
  organization_id: string;
  action_id: string;
  position: number;
  step: string;
  state: "starting" | "submitted" | "done" | "failed" | "unknown";
  details: Json<Record<string, unknown>>;
  written_at: Timestamp;
}

interface RemediationLeftovers {
  organization_id: string;
  action_id: string;
  position: number;
  resource_id: string;
  delete_at: Timestamp;
  deleted_at: Timestamp | null;
  problem: string | null;
}

/** The gate: proposals, decisions, what runs, and what is left behind. */
export interface RemediationSchema {
  remediation_actions: RemediationActions;
  remediation_approvals: RemediationApprovals;
  remediation_items: RemediationItems;
  remediation_journal: RemediationJournal;
  remediation_leftovers: RemediationLeftovers;
}
