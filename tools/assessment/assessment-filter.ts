import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { matchSubscriptions } from "../discovery/match-subscriptions.ts";
import { findResourceTypes, resourceTypeLabel } from "../discovery/resource-types.ts";
import { AppError } from "../kernel/errors.ts";
import { allChecks } from "./all-checks.ts";
import { type Check, PillarName, SeverityName } from "./check.ts";

/** What an assessment is limited to; all must hold. */
export const assessmentFilter = {
  pillar: PillarName.optional(),
  severity: SeverityName.optional(),
  resourceType: z.string().max(120).optional().describe('"storage", "VM", "AKS", … or a full type'),
  resourceGroup: z.string().max(120).optional(),
  subscription: z.string().max(120).optional().describe("Name, part of it, or id"),
};
const Filter = z.object(assessmentFilter);
export type AssessmentFilter = z.infer<typeof Filter>;

/** The filter with its words resolved against what there is. */
export interface AssessmentScope {
  checks: readonly Check[];
  subscriptionIds: readonly string[] | undefined;
  subscriptionNames: ReadonlyMap<string, string>;
  /** Lower case. */
  resourceGroup: string | undefined;
  /** In words, beside the pillar; null for everything. */
  label: string | null;
}

/** Not found when the subscription or the resource type is none that anybody knows. */
export async function resolveScope(
  transaction: TenantTransaction,
  filter: AssessmentFilter,
): Promise<AssessmentScope> {
  const names = await readSubscriptionNames(transaction);
  const subscriptionIds = filter.subscription ? matchSubscriptions(filter.subscription, names) : undefined;
  if (subscriptionIds?.length === 0) {
    throw new AppError("not_found", `There is no subscription named "${filter.subscription}".`, {
      hint: names.size > 0 ? `There are: ${[...names.values()].slice(0, 10).join(", ")}.` : undefined,
    });
  }
  const types = filter.resourceType ? new Set(findResourceTypes(filter.resourceType)) : undefined;
  if (types?.size === 0) {
    throw new AppError("not_found", `No resource type is called "${filter.resourceType}".`, {
      hint: 'Say "storage", "VM", "SQL database", or a full type such as microsoft.compute/disks.',
    });
  }
  const checks = allChecks.filter(
    ({ pillar, severity, appliesTo }) =>
      (!filter.pillar || pillar === filter.pillar) &&
      (!filter.severity || severity === filter.severity) &&
      // Counts are kept by check: one of several types tells nothing of one of them.
      (!types || appliesTo.every((type) => types.has(type))),
  );
  const parts = [
    filter.severity && `${filter.severity} severity`,
    types && [...types].map(resourceTypeLabel).join(", "),
    filter.resourceGroup,
    subscriptionIds?.map((id) => names.get(id) ?? id).join(", "),
  ].filter(Boolean);
  return {
    checks,
    subscriptionIds,
    subscriptionNames: names,
    resourceGroup: filter.resourceGroup?.trim().toLowerCase(),
    label: parts.length > 0 ? parts.join("; ") : null,
  };
}
