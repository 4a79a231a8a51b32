import { addSuppression, isAnythingKnownOf } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { renewSuppressed } from "./renew-suppressed.ts";
import { Suppression, suppressionFields, toSuppression } from "./suppression.ts";

export default defineOperation({
  name: "suppress_recommendations",
  title: "Suppress recommendations",
  description:
    "Takes recommendations off the list by type, resource, resource group, subscription or tag, with a reason and until a date. Open ones that it covers are taken off at once; when it ends, the next analysis lists them again.",
  permission: "recommendations:update",
  effect: "write",
  rest: "POST /recommendations/suppressions",
  input: z.object(suppressionFields),
  output: z.object({
    suppression: Suppression,
    suppressedCount: z.number().int().describe("Open recommendations that it took off the list"),
  }),
  async run(ctx, { reason, expiresAt, ...what }) {
    const now = ctx.realNow();
    if (!what.type && !what.resourceId && !what.scope && !what.tagKey) {
      throw new AppError("invalid_input", "A suppression has to say what it is for.", {
        hint: "Give a type, a resource, a scope or a tag: nothing suppresses everything.",
      });
    }
    if (what.tagValue !== undefined && !what.tagKey) {
      throw new AppError("invalid_input", "A tag's value needs the tag's name.", {
        hint: "Give tagKey too.",
      });
    }
    const until = expiresAt === undefined ? null : new Date(expiresAt);
    if (until && until <= now) {
      throw new AppError("invalid_input", `${until.toISOString()} is over.`, {
        hint: "Choose a time to come, or none.",
      });
    }
    const stored = {
      id: ctx.newId(),
      type: what.type ?? null,
      resourceId: what.resourceId?.toLowerCase() ?? null,
      scope: what.scope?.toLowerCase().replace(/\/$/, "") ?? null,
      tagKey: what.tagKey ?? null,
      tagValue: what.tagValue ?? null,
      reason,
      expiresAt: until,
      createdBy: ctx.actor.userId,
      createdAt: now,
    };
    const suppressedCount = await ctx.write(async (transaction) => {
      // One with a misspelt id would never hold for anything, and nobody would be told.
      if ((stored.resourceId || stored.scope) && !(await isAnythingKnownOf(transaction, stored))) {
        throw new AppError(
          "not_found",
          `Nothing is known of ${[stored.resourceId, stored.scope].filter(Boolean).join(" in ")}.`,
          { hint: "Check the id; what was never scanned cannot be suppressed." },
        );
      }
      await addSuppression(transaction, ctx.actor.organizationId, stored);
      return renewSuppressed(transaction, stored, {
        at: new Date(ctx.now().epochMilliseconds),
        by: ctx.actor.userId,
      });
    });
    const names = new Map([[ctx.actor.userId, ctx.actor.name]]);
    return { suppression: toSuppression(stored, names), suppressedCount };
  },
});
