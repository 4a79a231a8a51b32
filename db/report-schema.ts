import type { Generated } from "kysely";
import type { Json, Timestamp } from "./column-types.ts";

export type ReportType =
  | "executive_summary"
  | "detailed_technical"
  | "cost_analysis"
  | "waf_assessment"
  | "compliance"
  | "custom";
export type ReportFormat = "html" | "pdf";
export type ReportStatus = "pending" | "running" | "ready" | "failed";

interface Reports {
  id: string;
  organization_id: string;
  report_type: ReportType;
  title: string;
  format: ReportFormat;
  parameters: Json<{ period: { start: string; end: string }; sections: string[] }>;
  status: ReportStatus;
  steps_done: Generated<number>;
  steps_total: Generated<number>;
  failure: string | null;
  content: Json<Record<string, unknown>> | null;
  generated_by: string;
  requested_at: Timestamp;
  updated_at: Timestamp;
  generated_at: Timestamp | null;
  runner: Json<object> | null;
}

/** What was found and kept, to be read by people who do not ask. */
export interface ReportSchema {
  reports: Reports;
}
