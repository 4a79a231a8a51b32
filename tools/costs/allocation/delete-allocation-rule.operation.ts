import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AllocationSettings, changeAllocation, requireRule } from "./allocation-rules.ts";

export default defineOperation({
  name: "delete_allocation_rule",
  title: "Delete an allocation rule",
  description: "Removes a rule: what it took falls to the rules after it, or is unallocated.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "DELETE /costs/allocation-rules/{id}",
  input: z.object({ id: z.uuid() }),
  output: AllocationSettings,
  run: (ctx, { id }) =>
    changeAllocation(ctx, (settings) => {
      requireRule(settings, id);
      return { ...settings, rules: settings.rules.filter((rule) => rule.id !== id) };
    }),
});
