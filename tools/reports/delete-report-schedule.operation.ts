import { deleteSchedule, listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { noSuchSchedule, requireOwnSchedule } from "./schedule-output.ts";

export default defineOperation({
  name: "delete_report_schedule",
  title: "Delete a schedule",
  description:
    "Ends a schedule of reports for good; the reports it made stay. A member deletes their own, an admin any.",
  permission: "reports:create",
  effect: "write",
  rest: "DELETE /reports/schedules/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ deleted: z.literal(true) }),
  async run(ctx, { id }) {
    await ctx.write(async (transaction) => {
      const [schedule] = await listSchedules(transaction, { id });
      if (!schedule) throw noSuchSchedule();
      requireOwnSchedule(schedule, ctx.actor);
      await deleteSchedule(transaction, id);
    });
    return { deleted: true as const };
  },
});
