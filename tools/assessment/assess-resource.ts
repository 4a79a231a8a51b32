import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listFindings } from "@cloudoptima/db/queries/assessments.ts";
import { findOneResource } from "../discovery/find-one-resource.ts";
import type { AssessmentScope } from "./assessment-filter.ts";

/**
 * What of one resource fails or cannot be told, as counts of one each. What passes is kept by place alone, so that
 * one resource has no score. Not found when nothing is called so.
 */
export async function assessResource(transaction: TenantTransaction, scope: AssessmentScope, named: string) {
  const resource = await findOneResource(transaction, named);
  const type = resource.type.toLowerCase();
  const checks = scope.checks.filter(({ appliesTo }) => appliesTo.some((one) => one.toLowerCase() === type));
  const found = await listFindings(transaction, {
    checkIds: checks.map(({ id }) => id),
    resourceId: resource.id,
    results: ["fail", "unknown"],
    perCheck: 1,
  });
  return {
    scope: { ...scope, checks, label: [resource.name, scope.label].filter(Boolean).join("; ") },
    applies: checks.length > 0,
    counts: found.map(({ checkId, result }) => ({
      checkId,
      subscriptionId: "",
      resourceGroup: "",
      passed: 0,
      failed: result === "fail" ? 1 : 0,
      unknown: result === "unknown" ? 1 : 0,
    })),
    findings: found.filter(({ result }) => result === "fail"),
  };
}
