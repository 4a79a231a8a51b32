import { countReports, listReports } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ReportStatus, toReportStatus } from "./report-output.ts";

export default defineOperation({
  name: "list_reports",
  title: "Reports",
  description: "The organization's reports, newest first: how far they are, or why there is none.",
  permission: "reports:read",
  effect: "read",
  rest: "GET /reports",
  input: z.object({
    limit: z.number().int().min(1).max(100).default(20),
    offset: z.number().int().min(0).default(0),
  }),
  output: z.object({
    totalCount: z.number().int().describe("Reports over all pages"),
    offset: z.number().int(),
    reports: z.array(ReportStatus),
  }),
  run: (ctx, { limit, offset }) =>
    ctx.read(async (transaction) => {
      const found = await listReports(transaction, { limit, offset });
      const now = ctx.realNow();
      return {
        totalCount: await countReports(transaction),
        offset,
        reports: found.map((report) => toReportStatus(report, now)),
      };
    }),
});
