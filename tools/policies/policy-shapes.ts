import type { StoredPolicy } from "@cloudoptima/db/queries/policies.ts";
import { z } from "zod";
import { PolicySeverity } from "./policy-document.ts";

export const PolicyYaml = z
  .string()
  .min(1)
  .max(20_000)
  .describe("The policy in YAML: policy, with name, severity, scope, condition and actions");

export const PolicyOutput = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  severity: PolicySeverity,
  enabled: z.boolean(),
  policyYaml: z.string(),
  openViolationCount: z.number().int().describe("Resources that break it now"),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const SavedPolicy = PolicyOutput.extend({
  notes: z.array(z.string()).describe("What it asks for that the product does not do"),
});

export function toPolicyOutput(policy: StoredPolicy): z.infer<typeof PolicyOutput> {
  return {
    id: policy.id,
    name: policy.name,
    description: policy.description,
    severity: policy.severity,
    enabled: policy.enabled,
    policyYaml: policy.yaml,
    openViolationCount: policy.openCount,
    createdAt: policy.createdAt.toISOString(),
    updatedAt: policy.updatedAt.toISOString(),
  };
}
