import { listPolicies, type StoredPolicy } from "@cloudoptima/db/queries/policies.ts";
import type { ReadContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

export const noSuchPolicy = () =>
  new AppError("not_found", "There is no policy with this id.", { hint: "List them: GET /policies." });

/** The policy of the organization, or not_found. */
export async function requirePolicy(ctx: ReadContext, id: string): Promise<StoredPolicy> {
  const [policy] = await ctx.read((transaction) => listPolicies(transaction, id));
  if (!policy) throw noSuchPolicy();
  return policy;
}
