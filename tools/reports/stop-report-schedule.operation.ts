import { changeSchedule, listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { noSuchSchedule } from "./schedule-output.ts";

export default defineOperation({
  name: "stop_report_schedule",
  title: "Stop a schedule",
  description:
    "Stops a schedule of reports that can go on no longer, and keeps why. The job that makes them calls it.",
  permission: "settings:manage",
  effect: "write",
  input: z.object({ id: z.uuid(), reason: z.string().min(1).max(500) }),
  output: z.object({ stopped: z.boolean().describe("false: it no longer ran") }),
  run: (ctx, { id, reason }) =>
    ctx.write(async (transaction) => {
      const [schedule] = await listSchedules(transaction, { id });
      if (!schedule) throw noSuchSchedule();
      if (schedule.status !== "active") return { stopped: false };
      const stop = { status: "stopped", stopped_reason: reason, updated_at: ctx.realNow() } as const;
      return { stopped: await changeSchedule(transaction, id, stop) };
    }),
});
