import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { describeThresholds, RuleThresholds, readOwnThresholds } from "./rule-thresholds.ts";

export default defineOperation({
  name: "list_rule_thresholds",
  title: "Thresholds of the rules",
  description:
    "From which figures on each rule recommends something: the defaults with their sources, and what the organization set instead.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/thresholds",
  input: z.object({}),
  output: RuleThresholds,
  run: async (ctx) => describeThresholds(await ctx.read(readOwnThresholds)),
});
