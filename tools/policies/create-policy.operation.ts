import { addPolicy } from "@cloudoptima/db/queries/policies.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";
import { parsePolicy } from "./parse-policy.ts";
import { PolicyYaml, SavedPolicy, toPolicyOutput } from "./policy-shapes.ts";
import { requirePolicy } from "./require-policy.ts";

export const nameTaken = (name: string) =>
  new AppError("conflict", `There is a policy named "${name}" already.`, {
    hint: "Choose another name, or change that one.",
  });

export default defineOperation({
  name: "create_policy",
  title: "Add a policy",
  description:
    "Adds a policy from its YAML and judges the known inventory by it at once: required tags and their values, regions, sizes, public addresses. Nothing is ever changed by a policy itself.",
  permission: "policies:manage",
  effect: "write",
  rest: "POST /policies",
  input: z.object({ policyYaml: PolicyYaml, enabled: z.boolean().default(true) }),
  output: SavedPolicy,
  async run(ctx, { policyYaml: yaml, enabled }) {
    const { policy, notes } = parsePolicy(yaml);
    const { name, description = null, severity } = policy;
    const id = ctx.newId();
    const added = await ctx.write((transaction) =>
      addPolicy(transaction, ctx.actor.organizationId, id, { name, description, severity, yaml, enabled }),
    );
    if (!added) throw nameTaken(name);
    await evaluatePolicies(ctx, id);
    return { ...toPolicyOutput(await requirePolicy(ctx, id)), notes };
  },
});
