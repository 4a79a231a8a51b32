import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { lockOrganization, readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import {
  claimDueTime,
  listSchedules,
  type StoredSchedule,
} from "@cloudoptima/db/queries/report-schedules.ts";
import {
  addReport,
  countReports,
  findLeftReports,
  listReports,
  takeOverReport,
} from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import type { WriteContext } from "../kernel/context.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { cadenceInWords, lastDue, nextDue, periodBefore } from "./cadence.ts";
import { makeReport } from "./make-report.ts";
import type { ReportRequest } from "./read-report.ts";
import { mostReports, takeUpMs, tooManyReports } from "./report-limits.ts";
import { reportTitle } from "./report-title.ts";
import type { SectionName } from "./report-types.ts";
import { noSuchSchedule } from "./schedule-output.ts";

export default defineOperation({
  name: "make_scheduled_report",
  title: "Make a scheduled report",
  description:
    "Makes the report that a schedule of one's own is due for, or goes on with one whose process died; nothing where neither is there. The job calls it in its owner's name.",
  permission: "reports:create",
  effect: "write",
  input: z.object({ scheduleId: z.uuid() }),
  output: z.object({ reportId: z.string().nullable().describe("null: there was nothing to make") }),
  async run(ctx, { scheduleId: id }) {
    const request = await ctx.write(async (transaction) => {
      // Of two workers the second sees what the first has taken.
      await lockOrganization(transaction);
      const [schedule] = await listSchedules(transaction, { id });
      if (!schedule) throw noSuchSchedule();
      if (schedule.by !== ctx.actor.userId) {
        throw new AppError("forbidden", "This schedule is another person's.", {
          hint: "Its reports are made in the name of whoever it is.",
        });
      }
      return (await takeUp(ctx, transaction, schedule)) ?? (await takeDue(ctx, transaction, schedule));
    });
    if (request) await makeReport(ctx, request);
    return { reportId: request?.id ?? null };
  },
});

/** A report of the schedule that a process left unfinished. */
async function takeUp(
  ctx: WriteContext,
  transaction: TenantTransaction,
  schedule: StoredSchedule,
): Promise<ReportRequest | null> {
  const at = ctx.realNow();
  const silentSince = new Date(at.getTime() - silentMs);
  const left = await findLeftReports(transaction, {
    silentSince,
    askedSince: new Date(at.getTime() - takeUpMs),
  });
  for (const { id, scheduleId } of left) {
    if (scheduleId !== schedule.id) continue;
    if (!(await takeOverReport(transaction, id, { silentSince, at }))) continue;
    const [report] = await listReports(transaction, { id, limit: 1, offset: 0 });
    if (report) return toRequest(schedule, report);
  }
  return null;
}

/** The report of the last time that has come; earlier ones that were missed are told by none. */
async function takeDue(
  ctx: WriteContext,
  transaction: TenantTransaction,
  schedule: StoredSchedule,
): Promise<ReportRequest | null> {
  const from = schedule.nextDueAt;
  if (schedule.status !== "active" || from.getTime() > ctx.now().epochMilliseconds) return null;
  if ((await countReports(transaction)) >= mostReports) throw tooManyReports();
  const timeZone = await readTimeZone(transaction);
  const due = lastDue(schedule, timeZone, from.toTemporalInstant(), ctx.now());
  const dueAt = new Date(due.epochMilliseconds);
  const next = new Date(nextDue(schedule, timeZone, due).epochMilliseconds);
  const at = ctx.realNow();
  if (!(await claimDueTime(transaction, schedule.id, { from, due: dueAt, next, at }))) return null;
  const { type, format, place, sections, by } = schedule;
  const period = periodBefore(schedule, timeZone, due);
  const title = schedule.title ?? reportTitle(type, place, period);
  const report = { id: ctx.newId(), type, title, period, place, sections };
  const { organizationId } = ctx.actor;
  const asked = { ...report, format, organizationId, by, at, schedule: { id: schedule.id, dueAt } };
  await addReport(transaction, asked);
  return toRequest(schedule, report);
}

function toRequest(
  schedule: StoredSchedule,
  {
    id,
    type,
    title,
    period,
    place,
    sections,
  }: Omit<ReportRequest, "sections" | "schedule"> & { sections: string[] },
): ReportRequest {
  const names = sections as SectionName[];
  return { id, type, title, period, place, sections: names, schedule: cadenceInWords(schedule) };
}
