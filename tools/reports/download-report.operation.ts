import { listReports, readReportContent } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { addDays } from "../costs/coverage.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { FileOutput, toFile } from "../kernel/file-output.ts";
import { printReport } from "./print-report.ts";
import { ReportContent } from "./report-content.ts";
import { noSuchReport, toReportStatus } from "./report-output.ts";

export default defineOperation({
  name: "download_report",
  title: "Download a report",
  description:
    "The report as a file, drawn from what was kept when it was made: PDF to send and print, HTML that needs nothing else, or JSON with every digit.",
  permission: "reports:read",
  effect: "read",
  rest: "GET /reports/{id}/download",
  download: true,
  input: z.object({
    id: z.uuid(),
    format: z
      .enum(["pdf", "html", "json"])
      .optional()
      .describe("Default: the one asked for when it was made"),
  }),
  output: FileOutput,
  async run(ctx, { id, format }) {
    const { report, stored } = await ctx.read(async (transaction) => {
      const [found] = await listReports(transaction, { id, limit: 1, offset: 0 });
      if (!found) throw noSuchReport();
      return {
        report: { ...toReportStatus(found, ctx.realNow()), period: found.period },
        stored: await readReportContent(transaction, id),
      };
    });
    if (stored === undefined) {
      throw new AppError("conflict", `The report is not ready: it ${stateWords[report.status]}.`, {
        hint: report.failure ?? "Wait until GET /reports/{id} says that it is ready.",
      });
    }
    const content = ReportContent.parse(stored);
    const { start, end } = report.period;
    const name = `${report.reportType.replaceAll("_", "-")}-${start}-to-${addDays(end, -1)}-${id.slice(0, 8)}`;
    const wanted = format ?? report.format;
    if (wanted === "json") return toFile(`${name}.json`, mediaTypes.json, JSON.stringify(content, null, 2));
    const file = await printReport({ content, format: wanted }, ctx.signal);
    return toFile(`${name}.${wanted}`, mediaTypes[wanted], file);
  },
});

const mediaTypes = {
  pdf: "application/pdf",
  html: "text/html; charset=utf-8",
  json: "application/json",
} as const;

const stateWords = {
  pending: "waits for its turn",
  running: "is being made",
  failed: "failed",
  ready: "has no content",
} as const;
