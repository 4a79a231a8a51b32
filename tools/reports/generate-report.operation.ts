import { lockOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { addReport, countReports, listUnfinishedRunners } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { Period } from "../costs/cost-shapes.ts";
import { periodInWords } from "../costs/coverage.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { hasEnded, thisProcess } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { makeReport } from "./make-report.ts";
import { mostReports, mostUnfinished } from "./report-limits.ts";
import {
  type ReportType,
  reportFormats,
  reportTypeLabels,
  reportTypes,
  type SectionName,
  sectionNames,
  typeSections,
} from "./report-types.ts";
import { resolveReportPeriod } from "./resolve-report-period.ts";

export default defineOperation({
  name: "generate_report",
  title: "Generate a report",
  description:
    "Reads the figures of a report and keeps them as they are, and returns at once: follow it at GET /reports/{id}, then download it. Custom reports name their sections. What has no past (resources, savings, scores, policies) is told as it is now.",
  permission: "reports:create",
  effect: "write",
  rest: "POST /reports/generate",
  input: z.object({
    reportType: z.enum(reportTypes).default("executive_summary"),
    period: PeriodInput.optional().describe("Default: the last whole month with costs"),
    format: z.enum(reportFormats).default("pdf"),
    title: z.string().trim().min(1).max(200).optional().describe("Default: the type and the period"),
    sections: z
      .array(z.enum(sectionNames))
      .min(1)
      .max(sectionNames.length)
      .optional()
      .describe("Custom only"),
  }),
  output: z.object({ reportId: z.string(), status: z.literal("pending"), title: z.string(), period: Period }),
  async run(ctx, { reportType: type, period: asked, format, sections: chosen, title: named }) {
    const sections = chooseSections(type, chosen);
    const period = await resolveReportPeriod(ctx, asked);
    const title = named ?? `${reportTypeLabels[type]}, ${periodInWords(period)}`;
    const request = { id: ctx.newId(), type, title, period, sections };
    await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const at = ctx.realNow();
      if ((await countReports(transaction)) >= mostReports) {
        throw new AppError("conflict", `There are ${mostReports} reports, which is as many as are kept.`, {
          hint: "Delete some that nobody needs any more.",
        });
      }
      const since = new Date(at.getTime() - silentMs);
      const runners = await listUnfinishedRunners(transaction, since);
      if (runners.filter((runner) => !hasEnded(runner)).length >= mostUnfinished) {
        throw new AppError("rate_limited", `${mostUnfinished} reports are being made already.`, {
          hint: "Wait until one of them is ready.",
          details: { retryAfterSeconds: 10 },
        });
      }
      const { organizationId, userId } = ctx.actor;
      await addReport(transaction, {
        ...request,
        format,
        organizationId,
        by: userId,
        at,
        runner: thisProcess,
      });
    });
    ctx.background("the report", (signal) => makeReport({ ...ctx, signal }, request));
    return { reportId: request.id, status: "pending" as const, title, period };
  },
});

/** In the order they are printed, each once. */
function chooseSections(
  type: ReportType,
  chosen: readonly SectionName[] | undefined,
): readonly SectionName[] {
  if (type !== "custom") {
    if (!chosen) return typeSections[type];
    throw new AppError("invalid_input", "Only a custom report chooses its sections.", {
      hint: 'Leave "sections" out, or ask for reportType "custom".',
    });
  }
  if (chosen) return sectionNames.filter((section) => chosen.includes(section));
  throw new AppError("invalid_input", "A custom report needs its sections.", {
    hint: `Choose from: ${sectionNames.join(", ")}.`,
  });
}
