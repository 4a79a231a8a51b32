import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { runningScan } from "../discovery/scan-lease.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { Connection, describeConnection } from "./connection-shapes.ts";

export default defineOperation({
  name: "list_connections",
  title: "Connections",
  description: "The organization's cloud connections and imported sources, with their state and last scan.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /connections",
  input: z.object({}),
  output: z.object({ connections: z.array(Connection) }),
  async run(ctx) {
    const rows = await ctx.read(listConnections);
    return { connections: rows.map((row) => describeConnection(row, runningScan(row))) };
  },
});
