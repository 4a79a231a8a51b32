import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { planInput, readToPlan, SavingsPlanOutput, toPlanOutput } from "./savings-plan-output.ts";

const most = 5_000;

export default defineOperation({
  name: "get_savings_plan",
  title: "Savings plan, whole",
  description:
    "The savings plan of GET /analysis/savings-plan with as many of its steps, and of what it leaves out, as are asked for.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/plan",
  input: z.object({ ...planInput, limit: z.number().int().min(1).max(most).default(most) }),
  output: SavingsPlanOutput,
  async run(ctx, { riskAtMost, effortAtMost, limit, ...filter }) {
    const { all, ordering } = await ctx.read((transaction) => readToPlan(transaction, filter));
    return toPlanOutput(all, ordering, { riskAtMost, effortAtMost }, { steps: limit, excluded: limit });
  },
});
