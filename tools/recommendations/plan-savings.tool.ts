import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import type { View } from "../kernel/view.ts";
import { planInput, readToPlan, SavingsPlanOutput, toPlanOutput } from "./savings-plan-output.ts";

export default defineTool({
  name: "plan_savings",
  title: "Savings plan",
  description:
    "The set of recommendations that can be done together and saves most, in order, within a risk and effort limit.",
  examples: [
    "what can we save at low risk this week?",
    "How much can we save at low risk?",
    "make a savings plan",
    "what should I optimize first?",
    "easy low risk savings in production",
    "plan of optimizations in the right order",
    "what is the best set of recommendations to do together",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/savings-plan",
  input: z.object(planInput),
  output: SavingsPlanOutput,
  views: planViews,
  async run(ctx, { riskAtMost, effortAtMost, ...filter }) {
    const { all, ordering } = await ctx.read((transaction) => readToPlan(transaction, filter));
    return toPlanOutput(all, ordering, { riskAtMost, effortAtMost }, { steps: 50, excluded: 20 });
  },
});

function planViews(output: SavingsPlanOutput): View[] {
  return output.plans.flatMap((plan): View[] => [
    {
      type: "metric",
      title: "Savings a month at your rates",
      value: plan.monthlySavings.value,
      unit: plan.monthlySavings.currency,
      detail: plan.stepCount === 1 ? "one step" : `${plan.stepCount} steps that can be done together`,
    },
    {
      type: "table",
      title: `Savings plan, ${plan.monthlySavings.currency}`,
      currency: plan.monthlySavings.currency,
      columns: [
        { key: "step", label: "Step", format: "text" },
        { key: "stage", label: "Stage", format: "text" },
        { key: "risk", label: "Risk", format: "text" },
        { key: "monthly", label: "Adds a month", format: "money" },
      ],
      rows: plan.steps.map((step) => ({
        step: step.title,
        stage: step.stage,
        risk: step.risk,
        monthly: step.monthlySavings.value,
      })),
    },
  ]);
}
