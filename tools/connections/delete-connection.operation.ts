import { hasHistory } from "@cloudoptima/db/queries/connection-credentials.ts";
import { disconnectConnection, removeConnection } from "@cloudoptima/db/queries/connections.ts";
import { lockScanLease } from "@cloudoptima/db/queries/scan-leases.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { requireConnection } from "./require-connection.ts";

const foreignKeyViolation = "23503";

export default defineOperation({
  name: "delete_connection",
  title: "Remove a connection",
  description:
    "Erases the credentials of a connection and ends it. One through which anything was read stays in the list as disconnected, with its costs, resources, proposals and audit; one that brought nothing goes whole.",
  permission: "connections:manage",
  effect: "write",
  personOnly: true,
  rest: "DELETE /connections/{id}",
  input: z.object({ id: z.guid() }),
  output: z.object({
    outcome: z.enum(["removed", "disconnected"]),
    name: z.string(),
  }),
  async run(ctx, { id }) {
    const { name } = await requireConnection(ctx, id);
    try {
      const removed = await ctx.write(async (transaction) => {
        // The row stays locked, so that a scan which just begins cannot write in between.
        await lockScanLease(transaction, id);
        if (await hasHistory(transaction, id)) return false;
        await removeConnection(transaction, id);
        return true;
      });
      if (removed) return { outcome: "removed" as const, name };
    } catch (error) {
      // Something else refers to it, e.g. a scan that brought nothing: then it stays as well.
      if ((error as { code?: string }).code !== foreignKeyViolation) throw error;
    }
    await ctx.write((transaction) => disconnectConnection(transaction, id, ctx.realNow()));
    return { outcome: "disconnected" as const, name };
  },
});
