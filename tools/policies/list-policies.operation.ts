import { listPolicies } from "@cloudoptima/db/queries/policies.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { PolicyOutput, toPolicyOutput } from "./policy-shapes.ts";

export default defineOperation({
  name: "list_policies",
  title: "Policies",
  description: "The organization's policies by name, each with its YAML and how many resources break it.",
  permission: "policies:read",
  effect: "read",
  rest: "GET /policies",
  input: z.object({}),
  output: z.object({ policies: z.array(PolicyOutput) }),
  run: async (ctx) => ({
    policies: (await ctx.read((transaction) => listPolicies(transaction))).map(toPolicyOutput),
  }),
});
