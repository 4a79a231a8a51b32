import { readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import { listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ReportSchedule, toScheduleOutput } from "./schedule-output.ts";

export default defineOperation({
  name: "list_report_schedules",
  title: "Report schedules",
  description: "Reports that are made each week or month: when next, whose they are, or why one was stopped.",
  permission: "reports:read",
  effect: "read",
  rest: "GET /reports/schedules",
  input: z.object({}),
  output: z.object({
    timeZone: z.string().describe("IANA name; hours of schedules are in it"),
    schedules: z.array(ReportSchedule),
  }),
  run: (ctx) =>
    ctx.read(async (transaction) => ({
      timeZone: await readTimeZone(transaction),
      schedules: (await listSchedules(transaction)).map(toScheduleOutput),
    })),
});
