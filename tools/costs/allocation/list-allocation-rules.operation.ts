import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AllocationSettings, readAllocationSettings } from "./allocation-rules.ts";

export default defineOperation({
  name: "list_allocation_rules",
  title: "Allocation rules",
  description:
    "The organization's rules that give untagged or shared cost to teams, in the order in which they are tried, and the tag that names a team.",
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/allocation-rules",
  input: z.object({}),
  output: AllocationSettings,
  run: (ctx) => ctx.read(readAllocationSettings),
});
