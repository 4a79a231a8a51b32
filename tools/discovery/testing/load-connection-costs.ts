import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { planCostMonths, scanCostMonths } from "../scan-costs.ts";
import { scanExports } from "../scan-exports.ts";
import { withScanLease } from "../scan-lease.ts";

/** What a scan does about the costs of a connection, under its lease; anything that fails fails it all. */
export async function loadConnectionCosts(caller: WriteContext, connectionId: string): Promise<void> {
  const connection = (await caller.read((transaction) => findConnection(transaction, connectionId)))!;
  await withScanLease(caller, connection, async (signal) => {
    const ctx = { ...caller, signal };
    const isExported = await scanExports(ctx, connection, {
      attempt: (work) => work(),
      onMonth: () => undefined,
      onLoaded: () => undefined,
    });
    if (isExported) return;
    const cloud = await ctx.cloud(connectionId);
    for (const subscription of await cloud.subscriptions(signal)) {
      const [newest, ...earlier] = await planCostMonths(ctx, connectionId, subscription.id);
      for (const months of [newest ? [newest] : [], earlier]) {
        if (months.length > 0) await scanCostMonths(ctx, cloud, connectionId, subscription, months);
      }
    }
  });
}
