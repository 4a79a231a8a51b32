import { hasNewerRecommendation, setRecommendationStatus } from "@cloudoptima/db/queries/recommendations.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { type Recommendation, toRecommendation } from "./recommendation-output.ts";
import { isOpenStatus } from "./recommendation-types.ts";
import { requireRecommendation } from "./require-recommendation.ts";

/** Gives a recommendation another status; throws conflict where it expired or is recommended anew. */
export function changeStatus(
  ctx: WriteContext,
  id: string,
  status: "open" | "in_progress" | "implemented" | "dismissed",
  reason: string | null,
): Promise<Recommendation> {
  return ctx.write(async (transaction) => {
    await requireRecommendation(transaction, id);
    if (isOpenStatus(status) && (await hasNewerRecommendation(transaction, id))) {
      throw new AppError("conflict", "The same is recommended anew, under another id.", {
        hint: "Work with the open one; GET /recommendations lists it.",
      });
    }
    const change = { at: new Date(ctx.now().epochMilliseconds), by: ctx.actor.userId, reason };
    if (!(await setRecommendationStatus(transaction, id, status, change))) {
      throw new AppError("conflict", "This recommendation expired: its reason is gone.", {
        hint: "The next scan recommends it anew if the reason comes back.",
      });
    }
    return toRecommendation(await requireRecommendation(transaction, id));
  });
}
