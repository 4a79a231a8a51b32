import type { Selectable, Updateable } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { Cadence, ReportFormat, ReportPlace, ReportSchema, ReportType } from "../report-schema.ts";

export interface ScheduleRow {
  id: string;
  organizationId: string;
  type: ReportType;
  title: string | null;
  format: ReportFormat;
  sections: string[];
  place: ReportPlace;
  cadence: Cadence;
  /** Of the week from Monday = 1, or of the month. */
  day: number;
  hour: number;
  nextDueAt: Date;
  by: string;
  at: Date;
}

export interface StoredSchedule extends Omit<ScheduleRow, "organizationId" | "at"> {
  status: "active" | "paused" | "stopped";
  stoppedReason: string | null;
  lastDueAt: Date | null;
  /** Their name, as long as they are one of the organization's people. */
  byName: string | null;
  createdAt: Date;
}

export async function addSchedule(transaction: TenantTransaction, schedule: ScheduleRow): Promise<void> {
  await transaction
    .insertInto("report_schedules")
    .values({
      id: schedule.id,
      organization_id: schedule.organizationId,
      report_type: schedule.type,
      title: schedule.title,
      format: schedule.format,
      parameters: JSON.stringify({ sections: schedule.sections, place: schedule.place }),
      cadence: schedule.cadence,
      cadence_day: schedule.day,
      cadence_hour: schedule.hour,
      status: "active",
      next_due_at: schedule.nextDueAt,
      created_by: schedule.by,
      created_at: schedule.at,
      updated_at: schedule.at,
    })
    .execute();
}

/** Every schedule, or one, oldest first. */
export async function listSchedules(
  transaction: TenantTransaction,
  which: { id?: string } = {},
): Promise<StoredSchedule[]> {
  let query = transaction
    .selectFrom("report_schedules")
    .leftJoin("users", "users.id", "report_schedules.created_by")
    .selectAll("report_schedules")
    .select("users.name as by_name")
    .orderBy("report_schedules.created_at")
    .orderBy("report_schedules.id");
  if (which.id) query = query.where("report_schedules.id", "=", which.id);
  return (await query.execute()).map(toSchedule);
}

function toSchedule(
  row: Selectable<ReportSchema["report_schedules"]> & { by_name: string | null },
): StoredSchedule {
  return {
    id: row.id,
    type: row.report_type,
    title: row.title,
    format: row.format,
    ...row.parameters,
    cadence: row.cadence,
    day: row.cadence_day,
    hour: row.cadence_hour,
    status: row.status,
    stoppedReason: row.stopped_reason,
    nextDueAt: row.next_due_at,
    lastDueAt: row.last_due_at,
    by: row.created_by,
    byName: row.by_name,
    createdAt: row.created_at,
  };
}

/** Moves a due time on; false where somebody else did, or the schedule no longer runs. */
export async function claimDueTime(
  transaction: TenantTransaction,
  id: string,
  { from, due, next, at }: { from: Date; due: Date; next: Date; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("report_schedules")
    .set({ next_due_at: next, last_due_at: due, updated_at: at })
    .where("id", "=", id)
    .where("status", "=", "active")
    .where("next_due_at", "=", from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Pauses, stops or goes on with a schedule; false where there is none. */
export async function changeSchedule(
  transaction: TenantTransaction,
  id: string,
  change: Pick<
    Updateable<ReportSchema["report_schedules"]>,
    "status" | "stopped_reason" | "next_due_at" | "created_by" | "updated_at"
  >,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("report_schedules")
    .set(change)
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes a schedule; its reports stay. False where there is none. */
export async function deleteSchedule(transaction: TenantTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom("report_schedules")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
