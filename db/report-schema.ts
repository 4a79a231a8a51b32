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
  parameters: Json<{ period: { start: string; end: string } } & ReportParameters>;
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
  schedule_id: string | null;
  due_at: Timestamp | null;
}

/** What a report tells of: null is all of it. */
export interface ReportPlace {
  subscription: { id: string; name: string } | null;
  resourceGroup: string | null;
}

interface ReportParameters {
  sections: string[];
  /** Absent from reports of before there was a choice. */
  place?: ReportPlace;
}

export type Cadence = "week" | "month";
export type ScheduleStatus = "active" | "paused" | "stopped";

interface ReportSchedules {
  id: string;
  organization_id: string;
  report_type: ReportType;
  title: string | null;
  format: ReportFormat;
  parameters: Json<Required<ReportParameters>>;
  cadence: Cadence;
  cadence_day: number;
  cadence_hour: number;
  status: ScheduleStatus;
  stopped_reason: string | null;
  next_due_at: Timestamp;
  last_due_at: Timestamp | null;
  created_by: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** What was found and kept, to be read by people who do not ask. */
export interface ReportSchema {
  reports: Reports;
  report_schedules: ReportSchedules;
}
