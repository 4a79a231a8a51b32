import { z } from "zod";
import { runningScan } from "../discovery/scan-lease.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { Connection, describeConnection } from "./connection-shapes.ts";
import { requireConnection } from "./require-connection.ts";

export default defineOperation({
  name: "get_connection",
  title: "Connection",
  description: "One cloud connection or imported source: what it signs in as, its state and its last scan.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /connections/{id}",
  input: z.object({ id: z.guid() }),
  output: Connection,
  async run(ctx, { id }) {
    const connection = await requireConnection(ctx, id);
    return describeConnection(connection, runningScan(connection));
  },
});
