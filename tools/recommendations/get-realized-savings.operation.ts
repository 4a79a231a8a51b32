import { z } from "zod";
import { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { RealizedSavings } from "./realized/realized-output.ts";
import { readRealizedSavings } from "./realized/realized-savings.ts";
import { recommendationFilter } from "./recommendation-filter.ts";

export default defineOperation({
  name: "get_realized_savings",
  title: "Realized savings",
  description:
    "What was done to save and what it saved, change by change: expected, and measured afterwards against what would have been spent.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/savings/realized",
  input: z.object({
    ...recommendationFilter,
    period: PeriodInput.optional().describe("Keeps the saving of its days alone; default: since each change"),
  }),
  output: RealizedSavings,
  run: (ctx, { period, ...filter }) =>
    ctx.read((transaction) =>
      readRealizedSavings(transaction, ctx.now(), {
        ...filter,
        period: period && resolvePeriod(period, ctx.now()),
      }),
    ),
});
