import { defineOperation } from "../../kernel/define-tool.ts";
import { AllocationSettings, changeAllocation } from "./allocation-rules.ts";

export default defineOperation({
  name: "update_allocation_settings",
  title: "Choose the team tag",
  description: "Sets which tag says whose a cost is; its case does not matter.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /costs/allocation-settings",
  input: AllocationSettings.pick({ teamTag: true }),
  output: AllocationSettings,
  run: (ctx, { teamTag }) => changeAllocation(ctx, (settings) => ({ ...settings, teamTag })),
});
