import { z } from "zod";
import { scanAndJudge } from "../discovery/scan-and-judge.ts";
import { runningScan } from "../discovery/scan-lease.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { requireConnection } from "./require-connection.ts";

export default defineOperation({
  name: "sync_connection",
  title: "Sync a connection",
  description:
    "Starts a scan of one connection and returns at once; a scan that runs already is named instead. Follow it at GET /connections/{id} (scanning, lastScanResult) or in the events scan_progress.",
  permission: "resources:scan",
  effect: "write",
  rest: "POST /connections/{id}/sync",
  input: z.object({ id: z.guid() }),
  output: z.object({
    connectionId: z.string(),
    scanId: z.string(),
    status: z.literal("running"),
    started: z.boolean().describe("False: this scan ran already"),
  }),
  async run(ctx, { id }) {
    const connection = await requireConnection(ctx, id);
    if (connection.kind === "focus") {
      throw new AppError(
        "unsupported",
        `${connection.name} holds imported files; there is no cloud to scan.`,
        {
          hint: "Import a newer file instead.",
        },
      );
    }
    if (connection.disconnectedAt) {
      throw new AppError("conflict", `${connection.name} is disconnected.`, {
        hint: "An admin can connect it again.",
      });
    }
    const running = runningScan(connection);
    if (running) return { connectionId: id, scanId: running, status: "running" as const, started: false };
    const scanId = ctx.newId();
    ctx.background(`the scan of ${connection.name}`, (signal) =>
      // Nobody listens to this request's progress any more; whoever watches gets the events.
      scanAndJudge({ ...ctx, signal, progress: () => undefined }, { ...connection, scanId }),
    );
    return { connectionId: id, scanId, status: "running" as const, started: true };
  },
});
