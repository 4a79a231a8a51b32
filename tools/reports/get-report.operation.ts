import { listReports, readReportContent } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ReportContent } from "./report-content.ts";
import { noSuchReport, ReportStatus, toReportStatus } from "./report-output.ts";

export default defineOperation({
  name: "get_report",
  title: "One report",
  description:
    "A report with all that it holds: each section's answers as they were read, their figures, inputs and what the data was.",
  permission: "reports:read",
  effect: "read",
  rest: "GET /reports/{id}",
  input: z.object({ id: z.uuid() }),
  output: ReportStatus.extend({
    content: ReportContent.nullable().describe("null: it is not ready, or failed"),
  }),
  run: (ctx, { id }) =>
    ctx.read(async (transaction) => {
      const [report] = await listReports(transaction, { id, limit: 1, offset: 0 });
      if (!report) throw noSuchReport();
      const content = await readReportContent(transaction, id);
      return {
        ...toReportStatus(report, ctx.realNow()),
        content: content === undefined ? null : ReportContent.parse(content),
      };
    }),
});
