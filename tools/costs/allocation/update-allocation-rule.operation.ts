import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AllocationRule, changeAllocation, checkRule, requireRule, ruleFields } from "./allocation-rules.ts";

export default defineOperation({
  name: "update_allocation_rule",
  title: "Change an allocation rule",
  description: "Replaces what a rule takes and where it goes; its place in the order stays.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /costs/allocation-rules/{id}",
  input: z.object({ id: z.uuid(), ...ruleFields }),
  output: AllocationRule,
  async run(ctx, input) {
    const rule = checkRule(input);
    await changeAllocation(ctx, (settings) => {
      requireRule(settings, rule.id);
      return { ...settings, rules: settings.rules.map((known) => (known.id === rule.id ? rule : known)) };
    });
    return rule;
  },
});
