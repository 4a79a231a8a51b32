import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { PolicyOutput, toPolicyOutput } from "./policy-shapes.ts";
import { requirePolicy } from "./require-policy.ts";

export default defineOperation({
  name: "get_policy",
  title: "One policy",
  description: "A policy with its YAML as it was written, and how many resources break it.",
  permission: "policies:read",
  effect: "read",
  rest: "GET /policies/{id}",
  input: z.object({ id: z.uuid() }),
  output: PolicyOutput,
  run: async (ctx, { id }) => toPolicyOutput(await requirePolicy(ctx, id)),
});
