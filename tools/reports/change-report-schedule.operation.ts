import { readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import { changeSchedule, listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { nextDue } from "./cadence.ts";
import { noSuchSchedule, ReportSchedule, requireOwnSchedule, toScheduleOutput } from "./schedule-output.ts";

export default defineOperation({
  name: "change_report_schedule",
  title: "Pause or resume a schedule",
  description:
    "Pauses a schedule of reports, or goes on with a paused or stopped one from its next time; it is then whoever's that resumed it. A member changes their own, an admin any.",
  permission: "reports:create",
  effect: "write",
  rest: "PUT /reports/schedules/{id}",
  input: z.object({ id: z.uuid(), paused: z.boolean() }),
  output: ReportSchedule,
  async run(ctx, { id, paused }) {
    const changed = await ctx.write(async (transaction) => {
      const [schedule] = await listSchedules(transaction, { id });
      if (!schedule) throw noSuchSchedule();
      requireOwnSchedule(schedule, ctx.actor);
      const change = { stopped_reason: null, updated_at: ctx.realNow() };
      if (paused) await changeSchedule(transaction, id, { ...change, status: "paused" });
      else if (schedule.status !== "active") {
        // What was missed while it rested is nobody's wish any more.
        const next = nextDue(schedule, await readTimeZone(transaction), ctx.now());
        await changeSchedule(transaction, id, {
          ...change,
          status: "active",
          next_due_at: new Date(next.epochMilliseconds),
          created_by: ctx.actor.userId,
        });
      }
      return listSchedules(transaction, { id });
    });
    return toScheduleOutput(changed[0]!);
  },
});
