import { deleteReport, listReports } from "@cloudoptima/db/queries/reports.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { noSuchReport } from "./report-output.ts";

export default defineOperation({
  name: "delete_report",
  title: "Delete a report",
  description: "Deletes a report for good. A member deletes their own, an admin any.",
  permission: "reports:create",
  effect: "write",
  rest: "DELETE /reports/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ deleted: z.literal(true) }),
  async run(ctx, { id }) {
    await ctx.write(async (transaction) => {
      const [report] = await listReports(transaction, { id, limit: 1, offset: 0 });
      if (!report) throw noSuchReport();
      if (report.generatedBy !== ctx.actor.userId && ctx.actor.role !== "admin") {
        throw new AppError("forbidden", "This report is another person's.", {
          hint: "Whoever made it or an admin can delete it.",
        });
      }
      if (!(await deleteReport(transaction, id))) throw noSuchReport();
    });
    return { deleted: true as const };
  },
});
