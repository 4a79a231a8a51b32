import type { TenantTransaction } from "../client.ts";
import type { ReportFormat, ReportPlace, ReportStatus, ReportType } from "../report-schema.ts";

export interface ReportRequestRow {
  id: string;
  organizationId: string;
  type: ReportType;
  title: string;
  format: ReportFormat;
  period: { start: string; end: string };
  sections: readonly string[];
  place: ReportPlace;
  by: string;
  at: Date;
  /** The process that makes it. */
  runner?: object;
  /** Which schedule asks for it, and for which time; absent: a person does. */
  schedule?: { id: string; dueAt: Date };
}

export interface StoredReport {
  id: string;
  type: ReportType;
  title: string;
  format: ReportFormat;
  period: { start: string; end: string };
  sections: string[];
  place: ReportPlace;
  status: ReportStatus;
  stepsDone: number;
  stepsTotal: number;
  failure: string | null;
  generatedBy: string;
  /** Their name, as long as they are one of the organization's people. */
  generatedByName: string | null;
  requestedAt: Date;
  updatedAt: Date;
  generatedAt: Date | null;
  /** The process that makes it. */
  runner: unknown;
  /** Null: a person asked for it. */
  scheduleId: string | null;
  dueAt: Date | null;
}

const everything: ReportPlace = { subscription: null, resourceGroup: null };

/** Keeps that a report was asked for. */
export async function addReport(transaction: TenantTransaction, report: ReportRequestRow): Promise<void> {
  await transaction
    .insertInto("reports")
    .values({
      id: report.id,
      organization_id: report.organizationId,
      report_type: report.type,
      title: report.title,
      format: report.format,
      parameters: JSON.stringify({
        period: report.period,
        sections: report.sections,
        place: report.place,
      }),
      status: "pending",
      generated_by: report.by,
      requested_at: report.at,
      updated_at: report.at,
      runner: report.runner ? JSON.stringify(report.runner) : null,
      schedule_id: report.schedule?.id ?? null,
      due_at: report.schedule?.dueAt ?? null,
    })
    .execute();
}

/** The sign that the process of a report that is being made lives. */
export async function touchReport(transaction: TenantTransaction, id: string, at: Date): Promise<void> {
  await transaction
    .updateTable("reports")
    .set({ updated_at: at })
    .where("id", "=", id)
    .where("status", "in", ["pending", "running"])
    .execute();
}

/** Keeps how far a report is; false where it is gone or has ended. */
export async function moveReport(
  transaction: TenantTransaction,
  id: string,
  { done, total, at }: { done: number; total: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("reports")
    .set({ status: "running", steps_done: done, steps_total: total, updated_at: at })
    .where("id", "=", id)
    .where("status", "in", ["pending", "running"])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps a report's end, once; `content` is its JSON. */
export async function endReport(
  transaction: TenantTransaction,
  id: string,
  end: { at: Date } & ({ content: string } | { failure: string }),
): Promise<void> {
  const outcome =
    "content" in end
      ? { status: "ready" as const, content: end.content, generated_at: end.at }
      : { status: "failed" as const, failure: end.failure };
  await transaction
    .updateTable("reports")
    .set({ ...outcome, updated_at: end.at })
    .where("id", "=", id)
    .where("status", "in", ["pending", "running"])
    .execute();
}

/** Reports without their content, newest first. */
export async function listReports(
  transaction: TenantTransaction,
  page: { id?: string; limit: number; offset: number },
): Promise<StoredReport[]> {
  let query = transaction
    .selectFrom("reports")
    .leftJoin("users", "users.id", "reports.generated_by")
    .select([
      "reports.id",
      "report_type",
      "title",
      "format",
      "parameters",
      "status",
      "steps_done",
      "steps_total",
      "failure",
      "generated_by",
      "users.name as generated_by_name",
      "requested_at",
      "reports.updated_at",
      "generated_at",
      "runner",
      "schedule_id",
      "due_at",
    ])
    .orderBy("requested_at", "desc")
    .orderBy("reports.id")
    .limit(page.limit)
    .offset(page.offset);
  if (page.id) query = query.where("reports.id", "=", page.id);
  return (await query.execute()).map((row) => ({
    id: row.id,
    type: row.report_type,
    title: row.title,
    format: row.format,
    period: row.parameters.period,
    sections: row.parameters.sections,
    place: row.parameters.place ?? everything,
    status: row.status,
    stepsDone: row.steps_done,
    stepsTotal: row.steps_total,
    failure: row.failure,
    generatedBy: row.generated_by,
    generatedByName: row.generated_by_name,
    requestedAt: row.requested_at,
    updatedAt: row.updated_at,
    generatedAt: row.generated_at,
    runner: row.runner,
    scheduleId: row.schedule_id,
    dueAt: row.due_at,
  }));
}

export async function countReports(transaction: TenantTransaction): Promise<number> {
  const { count } = await transaction
    .selectFrom("reports")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The processes of the reports that are being made and have given a sign since then, one of each report. */
export async function listUnfinishedRunners(transaction: TenantTransaction, since: Date): Promise<unknown[]> {
  const rows = await transaction
    .selectFrom("reports")
    .select("runner")
    .where("status", "in", ["pending", "running"])
    .where("updated_at", ">=", since)
    .execute();
  return rows.map(({ runner }) => runner);
}

/** What a ready report holds; undefined where there is none. */
export async function readReportContent(transaction: TenantTransaction, id: string): Promise<unknown> {
  const row = await transaction
    .selectFrom("reports")
    .select("content")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.content ?? undefined;
}

/**
 * A schedule's reports that nobody makes any more: their process went silent before `silentSince`. Older ones than
 * `askedSince` are left as they are: what killed the process would do so again.
 */
export async function findLeftReports(
  transaction: TenantTransaction,
  { silentSince, askedSince }: { silentSince: Date; askedSince: Date },
): Promise<{ id: string; scheduleId: string }[]> {
  const rows = await transaction
    .selectFrom("reports")
    .select(["id", "schedule_id"])
    .where("schedule_id", "is not", null)
    .where("status", "in", ["pending", "running"])
    .where("updated_at", "<", silentSince)
    .where("requested_at", ">=", askedSince)
    .orderBy("requested_at")
    .execute();
  return rows.map((row) => ({ id: row.id, scheduleId: row.schedule_id! }));
}

/** Takes over a report that nobody makes any more; false where somebody else did. */
export async function takeOverReport(
  transaction: TenantTransaction,
  id: string,
  { silentSince, at }: { silentSince: Date; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("reports")
    .set({ updated_at: at })
    .where("id", "=", id)
    .where("status", "in", ["pending", "running"])
    .where("updated_at", "<", silentSince)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes a report; false where there is none. */
export async function deleteReport(transaction: TenantTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await transaction.deleteFrom("reports").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
