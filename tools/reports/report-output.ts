import type { StoredReport } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { Period } from "../costs/cost-shapes.ts";
import { AppError } from "../kernel/errors.ts";
import { hasEnded } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { ReportPlace } from "./report-place.ts";
import { reportFormats, reportTypeLabels, reportTypes, sectionNames } from "./report-types.ts";

/** A report as lists show it. */
export const ReportStatus = z.object({
  id: z.string(),
  reportType: z.enum(reportTypes),
  typeLabel: z.string(),
  title: z.string(),
  format: z.enum(reportFormats).describe("What a download gives unless it asks for another"),
  period: Period,
  sections: z.array(z.enum(sectionNames)),
  place: ReportPlace,
  status: z.enum(["pending", "running", "ready", "failed"]),
  percent: z.number().int(),
  failure: z.string().nullable().describe("Why it failed, and what to do"),
  generatedBy: z.object({
    id: z.string(),
    name: z.string().nullable().describe("null: no longer one of you"),
  }),
  requestedAt: z.string(),
  generatedAt: z.string().nullable(),
  schedule: z
    .object({ id: z.string(), dueAt: z.string() })
    .nullable()
    .describe("The schedule that asked for it, which may be deleted since; null: a person did"),
});
export type ReportStatus = z.infer<typeof ReportStatus>;

/** A report whose process has ended, or that is being made without a sign of life, was left: it has failed. */
export function toReportStatus(report: StoredReport, now: Date): ReportStatus {
  const { status, stepsDone, stepsTotal, updatedAt, runner } = report;
  const unfinished = status === "pending" || status === "running";
  const left = unfinished && (hasEnded(runner) || now.getTime() - updatedAt.getTime() > silentMs);
  return {
    id: report.id,
    reportType: report.type,
    typeLabel: reportTypeLabels[report.type],
    title: report.title,
    format: report.format,
    period: report.period,
    sections: report.sections as ReportStatus["sections"],
    place: report.place,
    status: left ? "failed" : status,
    percent: status === "ready" ? 100 : stepsTotal === 0 ? 0 : Math.floor((stepsDone / stepsTotal) * 100),
    failure: left
      ? "It was interrupted: the process that made it ended. Generate it again; nothing else was lost."
      : report.failure,
    generatedBy: { id: report.generatedBy, name: report.generatedByName },
    requestedAt: report.requestedAt.toISOString(),
    generatedAt: report.generatedAt?.toISOString() ?? null,
    schedule:
      report.scheduleId && report.dueAt ? { id: report.scheduleId, dueAt: report.dueAt.toISOString() } : null,
  };
}

export const noSuchReport = () =>
  new AppError("not_found", "There is no report with this id.", { hint: "GET /reports lists them." });
