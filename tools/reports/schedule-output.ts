import type { StoredSchedule } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { cadenceInWords, cadences } from "./cadence.ts";
import { ReportPlace } from "./report-place.ts";
import { reportFormats, reportTypeLabels, reportTypes, sectionNames } from "./report-types.ts";

/** A schedule as lists show it. */
export const ReportSchedule = z.object({
  id: z.string(),
  reportType: z.enum(reportTypes),
  typeLabel: z.string(),
  title: z.string().nullable().describe("null: each report is named after its type, place and days"),
  format: z.enum(reportFormats),
  sections: z.array(z.enum(sectionNames)),
  place: ReportPlace,
  every: z.enum(cadences),
  day: z.number().int().describe("Of the week from Monday = 1, or of the month"),
  hour: z.number().int().describe("In the organization's time zone"),
  inWords: z.string(),
  status: z.enum(["active", "paused", "stopped"]),
  stoppedReason: z.string().nullable().describe("Why the product stopped it, and what to do"),
  nextDueAt: z.string().nullable().describe("null: it is paused or stopped"),
  lastDueAt: z.string().nullable(),
  createdBy: z.object({
    id: z.string(),
    name: z.string().nullable().describe("null: no longer one of you"),
  }),
});
export type ReportSchedule = z.infer<typeof ReportSchedule>;

export function toScheduleOutput(schedule: StoredSchedule): ReportSchedule {
  return {
    id: schedule.id,
    reportType: schedule.type,
    typeLabel: reportTypeLabels[schedule.type],
    title: schedule.title,
    format: schedule.format,
    sections: schedule.sections as ReportSchedule["sections"],
    place: schedule.place,
    every: schedule.cadence,
    day: schedule.day,
    hour: schedule.hour,
    inWords: cadenceInWords(schedule),
    status: schedule.status,
    stoppedReason: schedule.stoppedReason,
    nextDueAt: schedule.status === "active" ? schedule.nextDueAt.toISOString() : null,
    lastDueAt: schedule.lastDueAt?.toISOString() ?? null,
    createdBy: { id: schedule.by, name: schedule.byName },
  };
}

export const noSuchSchedule = () =>
  new AppError("not_found", "There is no schedule with this id.", {
    hint: "GET /reports/schedules lists them.",
  });

/** Throws forbidden unless the schedule is the actor's own, or they are an admin. */
export function requireOwnSchedule(schedule: StoredSchedule, actor: Actor): void {
  if (schedule.by === actor.userId || actor.role === "admin") return;
  throw new AppError("forbidden", "This schedule is another person's.", {
    hint: "Whoever made it or an admin can change it.",
  });
}
