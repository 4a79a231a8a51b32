import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import { findExports } from "../costs/exports/find-exports.ts";
import { openExports } from "../costs/exports/open-exports.ts";
import type { ReadContext } from "../kernel/context.ts";
import { describeFailure } from "./describe-failure.ts";
import type { ConnectionTest } from "./test-shapes.ts";

/** Opens the exports that a connection's costs come from and reads what there is to load; null where there are none. */
export async function testCostSource(
  ctx: Pick<ReadContext, "cloud" | "now" | "realNow">,
  connection: ConnectionRow,
  signal: AbortSignal,
): Promise<ConnectionTest["costSource"]> {
  try {
    const files = await openExports(ctx, connection);
    if (!files) return null;
    const months = await findExports(files, { ...ctx, signal });
    const broken = months.filter(({ problem }) => problem !== null);
    const counted = months.length === 1 ? "one month" : `${months.length} months`;
    const [newest] = months;
    const message = `The ${files.name} has exports of ${counted}, the newest of ${newest!.month.slice(0, 7)}.`;
    const [first] = broken;
    if (!first) return { ok: true, message, hint: null };
    const rest = broken.length > 1 ? `, and ${broken.length - 1} more months cannot either` : "";
    return {
      ok: false,
      message: `${message} That of ${first.month.slice(0, 7)} cannot be loaded: ${first.problem}${rest}.`,
      hint: "Let Cost Management run the export again.",
    };
  } catch (error) {
    return { ok: false, ...describeFailure(error) };
  }
}
