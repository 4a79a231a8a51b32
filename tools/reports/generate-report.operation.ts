import { lockOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { addReport, countReports, listUnfinishedRunners } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { Period } from "../costs/cost-shapes.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { hasEnded, thisProcess } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { chooseSections } from "./choose-sections.ts";
import { makeReport } from "./make-report.ts";
import { mostReports, mostUnfinished, tooManyReports } from "./report-limits.ts";
import { placeInput, resolvePlace } from "./report-place.ts";
import { reportTitle } from "./report-title.ts";
import { reportFormats, reportTypes, sectionNames } from "./report-types.ts";
import { resolveReportPeriod } from "./resolve-report-period.ts";

/** What a report tells, whether it is made once or again and again. */
export const reportInput = {
  reportType: z.enum(reportTypes).default("executive_summary"),
  format: z.enum(reportFormats).default("pdf"),
  title: z.string().trim().min(1).max(200).optional().describe("Default: the type, the place and the period"),
  ...placeInput,
  sections: z.array(z.enum(sectionNames)).min(1).max(sectionNames.length).optional().describe("Custom only"),
};

export default defineOperation({
  name: "generate_report",
  title: "Generate a report",
  description:
    "Reads the figures of a report and keeps them as they are, and returns at once: follow it at GET /reports/{id}, then download it. Custom reports name their sections. What has no past (resources, savings, scores, policies) is told as it is now.",
  permission: "reports:create",
  effect: "write",
  rest: "POST /reports/generate",
  input: z.object({
    ...reportInput,
    period: PeriodInput.optional().describe("Default: the last whole month with costs"),
  }),
  output: z.object({ reportId: z.string(), status: z.literal("pending"), title: z.string(), period: Period }),
  async run(ctx, { reportType: type, period: asked, format, sections: chosen, title: named, ...where }) {
    const sections = chooseSections(type, chosen);
    const place = await ctx.read((transaction) => resolvePlace(transaction, where));
    const period = await resolveReportPeriod(ctx, asked);
    const title = named ?? reportTitle(type, place, period);
    const request = { id: ctx.newId(), type, title, period, place, sections, schedule: null };
    await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const at = ctx.realNow();
      if ((await countReports(transaction)) >= mostReports) throw tooManyReports();
      const since = new Date(at.getTime() - silentMs);
      const runners = await listUnfinishedRunners(transaction, since);
      if (runners.filter((runner) => !hasEnded(runner)).length >= mostUnfinished) {
        throw new AppError("rate_limited", `${mostUnfinished} reports are being made already.`, {
          hint: "Wait until one of them is ready.",
          details: { retryAfterSeconds: 10 },
        });
      }
      const { organizationId, userId: by } = ctx.actor;
      const { id } = request;
      await addReport(transaction, {
        id,
        type,
        title,
        period,
        place,
        sections,
        format,
        organizationId,
        by,
        at,
        runner: thisProcess,
      });
    });
    ctx.background("the report", (signal) => makeReport({ ...ctx, signal }, request));
    return { reportId: request.id, status: "pending" as const, title, period };
  },
});
