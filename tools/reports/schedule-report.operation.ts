import { lockOrganization, readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import { addSchedule, listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { cadences, nextDue } from "./cadence.ts";
import { chooseSections } from "./choose-sections.ts";
import { reportInput } from "./generate-report.operation.ts";
import { mostSchedules } from "./report-limits.ts";
import { resolvePlace } from "./report-place.ts";
import { ReportSchedule, toScheduleOutput } from "./schedule-output.ts";

export default defineOperation({
  name: "schedule_report",
  title: "Schedule a report",
  description:
    "Makes a report each week or month from now on, of the whole week (Monday to Sunday) or month before, in the name of whoever schedules it.",
  permission: "reports:create",
  effect: "write",
  rest: "POST /reports/schedules",
  input: z.object({
    ...reportInput,
    every: z.enum(cadences),
    day: z
      .number()
      .int()
      .min(1)
      .max(28)
      .default(1)
      .describe("Weekday from Monday = 1 to 7, or day of the month"),
    hour: z.number().int().min(0).max(23).default(8).describe("In the organization's time zone"),
  }),
  output: ReportSchedule,
  async run(ctx, { reportType: type, sections: chosen, every: cadence, day, hour, format, ...input }) {
    if (cadence === "week" && day > 7) {
      throw new AppError("invalid_input", `A week has no day ${day}.`, {
        hint: "Give 1 for Monday to 7 for Sunday.",
      });
    }
    const sections = chooseSections(type, chosen);
    const id = ctx.newId();
    const kept = await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const place = await resolvePlace(transaction, input);
      if ((await listSchedules(transaction)).length >= mostSchedules) {
        throw new AppError(
          "conflict",
          `There are ${mostSchedules} schedules, which is as many as are kept.`,
          {
            hint: "Delete some that nobody needs any more.",
          },
        );
      }
      const due = nextDue({ cadence, day, hour }, await readTimeZone(transaction), ctx.now());
      await addSchedule(transaction, {
        ...{ id, type, format, sections, place, cadence, day, hour },
        title: input.title ?? null,
        organizationId: ctx.actor.organizationId,
        nextDueAt: new Date(due.epochMilliseconds),
        by: ctx.actor.userId,
        at: ctx.realNow(),
      });
      return listSchedules(transaction, { id });
    });
    return toScheduleOutput(kept[0]!);
  },
});
