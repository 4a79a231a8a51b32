import type { GeneratedTimestamp, Json, Timestamp } from "./column-types.ts";

export type PolicySeverity = "low" | "medium" | "high" | "critical";
export type ViolationStatus = "open" | "resolved" | "ignored";

interface Policies {
  id: string;
  organization_id: string;
  name: string;
  description: string | null;
  severity: PolicySeverity;
  policy_yaml: string;
  enabled: boolean;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

interface PolicyViolations {
  id: string;
  organization_id: string;
  policy_id: string;
  resource_id: string;
  severity: PolicySeverity;
  status: ViolationStatus;
  details: Json<{ problems: string[] }>;
  detected_at: Timestamp;
  resolved_at: Timestamp | null;
}

/** What people demand of their resources, and where it is not so. */
export interface PolicySchema {
  policies: Policies;
  policy_violations: PolicyViolations;
}
