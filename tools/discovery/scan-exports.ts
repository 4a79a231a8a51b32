import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { findExports } from "../costs/exports/find-exports.ts";
import { loadMonth } from "../costs/exports/load-month.ts";
import { openExports } from "../costs/exports/open-exports.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { retentionCutoffs } from "../retention/retention-cutoffs.ts";

export interface ExportScan {
  /** Before each month, newest first. */
  onMonth(done: number, total: number): void;
  onLoaded(month: { rowCount: number }): void;
  /** Runs a month; what fails in it is reported, and the next one still lands. */
  attempt(work: () => Promise<void>): Promise<unknown>;
}

/**
 * Loads the months, as far as costs are kept, whose exports are newer than what is stored. Returns false where the connection's costs come from
 * the cloud itself.
 */
export async function scanExports(
  ctx: WriteContext,
  connection: Pick<ConnectionRow, "id" | "name" | "settings">,
  scan: ExportScan,
): Promise<boolean> {
  const files = await openExports(ctx, connection);
  if (!files) return false;
  const { retention_exempt: keepsAll } = await ctx.read(readOrganization);
  const { costsBefore } = retentionCutoffs(ctx.now(), ctx.realNow());
  // What retention removes would be loaded anew by each scan, and removed again.
  const months = (await findExports(files, ctx)).filter(
    ({ month, problem }) => keepsAll || problem !== null || firstOfNextMonth(month) > costsBefore,
  );
  for (const [done, month] of months.entries()) {
    scan.onMonth(done, months.length);
    await scan.attempt(async () => {
      const loaded = await loadMonth(ctx, connection.id, files, month);
      if (loaded.outcome === "loaded") scan.onLoaded(loaded);
      refuseSmallerScope(month.month, loaded.keptSubscriptions);
    });
  }
  return true;
}

const firstOfNextMonth = (month: string) => Temporal.PlainDate.from(month).add({ months: 1 }).toString();

function refuseSmallerScope(month: string, kept: readonly string[]): void {
  if (kept.length === 0) return;
  throw new AppError(
    "unavailable",
    `The exports of ${month.slice(0, 7)} no longer have ${kept.length === 1 ? `subscription ${kept[0]}` : `${kept.length} subscriptions, such as ${kept[0]}`}; what was loaded of ${kept.length === 1 ? "it" : "them"} is kept.`,
    { hint: "Check the exports' scope." },
  );
}
