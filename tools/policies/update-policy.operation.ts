import { replacePolicy } from "@cloudoptima/db/queries/policies.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { nameTaken } from "./create-policy.operation.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";
import { parsePolicy } from "./parse-policy.ts";
import { PolicyYaml, SavedPolicy, toPolicyOutput } from "./policy-shapes.ts";
import { noSuchPolicy, requirePolicy } from "./require-policy.ts";

export default defineOperation({
  name: "update_policy",
  title: "Change a policy",
  description:
    "Replaces a policy's YAML, or switches it on or off, and judges the known inventory anew. What is given stays as it is where it is left out.",
  permission: "policies:manage",
  effect: "write",
  rest: "PUT /policies/{id}",
  input: z.object({ id: z.uuid(), policyYaml: PolicyYaml.optional(), enabled: z.boolean().optional() }),
  output: SavedPolicy,
  async run(ctx, input) {
    const known = await requirePolicy(ctx, input.id);
    const yaml = input.policyYaml ?? known.yaml;
    const enabled = input.enabled ?? known.enabled;
    const { policy, notes } = parsePolicy(yaml);
    const { name, description = null, severity } = policy;
    const at = new Date(ctx.now().epochMilliseconds);
    const outcome = await ctx.write((transaction) =>
      replacePolicy(transaction, input.id, { name, description, severity, yaml, enabled }, at),
    );
    if (outcome === "taken") throw nameTaken(name);
    if (outcome === "absent") throw noSuchPolicy();
    await evaluatePolicies(ctx, input.id);
    return { ...toPolicyOutput(await requirePolicy(ctx, input.id)), notes };
  },
});
