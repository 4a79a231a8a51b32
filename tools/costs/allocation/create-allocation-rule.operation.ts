import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AllocationRule, changeAllocation, checkRule, ruleFields } from "./allocation-rules.ts";

export default defineOperation({
  name: "create_allocation_rule",
  title: "Add an allocation rule",
  description:
    "Adds a rule at the end: which untagged or shared costs it takes, and to which teams they go, by fixed shares or in proportion to the teams' own cost. It counts for past periods too.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "POST /costs/allocation-rules",
  input: z.object(ruleFields),
  output: AllocationRule,
  async run(ctx, fields) {
    const rule = checkRule({ id: ctx.newId(), ...fields });
    await changeAllocation(ctx, (settings) => ({ ...settings, rules: [...settings.rules, rule] }));
    return rule;
  },
});
