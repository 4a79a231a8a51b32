import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { findRecommendation, type StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { AppError } from "../kernel/errors.ts";

/** The recommendation of this id, or not_found: the same for one of another organization. */
export async function requireRecommendation(
  transaction: TenantTransaction,
  id: string,
): Promise<StoredRecommendation> {
  const found = await findRecommendation(transaction, id);
  if (found) return found;
  throw new AppError("not_found", "There is no such recommendation.", {
    hint: "List them with GET /recommendations.",
  });
}
