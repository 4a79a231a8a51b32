import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { AllocationSettings, changeAllocation, requireRule } from "./allocation-rules.ts";

export default defineOperation({
  name: "reorder_allocation_rules",
  title: "Order allocation rules",
  description:
    "Sets the order in which rules are tried: the first that takes a cost has it. Names every rule once.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /costs/allocation-rules",
  input: z.object({ ids: z.array(z.uuid()).max(100) }),
  output: AllocationSettings,
  run: (ctx, { ids }) =>
    changeAllocation(ctx, (settings) => {
      const rules = ids.map((id) => requireRule(settings, id));
      if (new Set(ids).size === ids.length && rules.length === settings.rules.length) {
        return { ...settings, rules };
      }
      throw new AppError("conflict", "The order has to name every rule once.", {
        hint: "List the rules again: someone may have added or deleted one.",
      });
    }),
});
