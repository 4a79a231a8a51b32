import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { listPolicies, type StoredPolicy } from "@cloudoptima/db/queries/policies.ts";
import { type FoundViolation, keepViolations } from "@cloudoptima/db/queries/policy-violations.ts";
import { listSubscriptionIds, listSubscriptionResources } from "@cloudoptima/db/queries/resources.ts";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { findProblems } from "./find-problems.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy-document.ts";
import { publicAddresses } from "./public-addresses.ts";

export interface Evaluation {
  newCount: number;
  resolvedCount: number;
}

/**
 * Judges the inventory as it is known by the organization's policies, or by one of them. A policy that is switched
 * off has no violations. What a scan could not read stands as it was.
 */
export async function evaluatePolicies(ctx: WriteContext, policyId?: string): Promise<Evaluation> {
  const policies = await ctx.read((transaction) => listPolicies(transaction, policyId));
  const judged = policies.flatMap((stored) => {
    const policy = stored.enabled ? readStored(ctx, stored) : null;
    return policy || !stored.enabled ? [{ stored, policy, found: [] as FoundViolation[] }] : [];
  });
  if (judged.some(({ policy }) => policy)) await judgeInventory(ctx, judged);
  const total: Evaluation = { newCount: 0, resolvedCount: 0 };
  const at = new Date(ctx.now().epochMilliseconds);
  for (const { stored, found } of judged) {
    const { organizationId } = ctx.actor;
    const kept = await ctx.write((transaction) =>
      keepViolations(transaction, { ...stored, organizationId }, at, found, ctx.newId),
    );
    total.newCount += kept.newCount;
    total.resolvedCount += kept.resolvedCount;
  }
  return total;
}

/** Null where a later version of the product does not take it any more: its violations stay as they were. */
function readStored(ctx: WriteContext, { id, yaml }: StoredPolicy): Policy | null {
  try {
    return parsePolicy(yaml).policy;
  } catch (error) {
    ctx.log.warn({ err: AppError.from(error), policyId: id }, "a stored policy cannot be read");
    return null;
  }
}

/** One subscription at a time: memory holds no more than the largest. */
async function judgeInventory(
  ctx: WriteContext,
  judged: readonly { policy: Policy | null; found: FoundViolation[] }[],
): Promise<void> {
  const { ids, names } = await ctx.read(async (transaction) => ({
    ids: await listSubscriptionIds(transaction),
    names: await readSubscriptionNames(transaction),
  }));
  for (const subscriptionId of ids) {
    ctx.signal.throwIfAborted();
    const resources = await ctx.read((transaction) =>
      listSubscriptionResources(transaction, subscriptionId, { includeGone: false }),
    );
    const addresses = publicAddresses(resources);
    const subscriptionName = names.get(subscriptionId) ?? null;
    for (const resource of resources) {
      // A blob has neither tags nor a place of its own: what is asked of it is asked of its account.
      if (resource.type === diskBlobType) continue;
      const around = { subscriptionName, publicAddresses: addresses.get(resource.id) ?? [] };
      for (const { policy, found } of judged) {
        const problems = policy ? findProblems(policy, resource, around) : [];
        if (problems.length > 0) found.push({ resourceId: resource.id, problems });
      }
    }
  }
}
