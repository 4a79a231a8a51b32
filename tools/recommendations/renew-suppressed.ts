import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { StoredSuppression } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { expireRecommendations, listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { openStatuses } from "./recommendation-types.ts";
import { isSuppressed } from "./suppression.ts";

/** Takes open recommendations that a new suppression covers off the list. Returns how many. */
export async function renewSuppressed(
  transaction: TenantTransaction,
  suppression: StoredSuppression,
  change: { at: Date; by: string },
): Promise<number> {
  const open = await listRecommendations(transaction, openStatuses);
  const covered = open.filter(({ type, resourceId, tags }) =>
    isSuppressed([suppression], type, { id: resourceId, tags }),
  );
  const expired = await expireRecommendations(transaction, change.at, covered, {
    by: change.by,
    reason: `Suppressed: ${suppression.reason}`,
  });
  return expired.length;
}
