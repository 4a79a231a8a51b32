import { markGoneResources } from "@cloudoptima/db/queries/resources.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { keepResources } from "./keep-resources.ts";

export interface InventoryResult {
  resourceCount: number;
  goneCount: number;
}

/**
 * Refreshes one subscription's inventory; `onFound` hears how many each page brought. Nothing is marked as gone unless the listing was complete: the
 * connector throws on a lost page, and the count is checked once more here.
 */
export async function scanInventory(
  ctx: WriteContext,
  cloud: CloudRead,
  connectionId: string,
  subscriptionId: string,
  onFound: (resourceCount: number) => void,
): Promise<InventoryResult> {
  const organizationId = ctx.actor.organizationId;
  const seenAt = new Date(ctx.now().epochMilliseconds);
  let resourceCount = 0;
  let total = 0;
  for await (const page of cloud.resources([subscriptionId], ctx.signal)) {
    await ctx.write((transaction) =>
      keepResources(transaction, { organizationId, connectionId, seenAt }, page.items, ctx.newId),
    );
    resourceCount += page.items.length;
    onFound(page.items.length);
    total = page.total;
  }
  if (resourceCount !== total) {
    throw new AppError("unavailable", `The cloud counts ${total} resources but delivered ${resourceCount}.`, {
      hint: "Scan again; nothing was marked as gone.",
    });
  }
  const goneCount = await ctx.write((transaction) =>
    markGoneResources(transaction, { connectionId, subscriptionId, seenAt }),
  );
  return { resourceCount, goneCount };
}
