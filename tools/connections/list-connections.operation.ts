import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";

export default defineOperation({
  name: "list_connections",
  title: "Connections",
  description: "The organization's cloud connections and imported sources, with their state and last scan.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /connections",
  input: z.object({}),
  output: z.object({
    connections: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(["azure", "sandbox", "focus"]),
        provider: z.string(),
        status: z.enum(["active", "error", "disconnected"]),
        lastScan: z.string().nullable().describe("ISO time"),
        subscriptionCount: z.number().int(),
      }),
    ),
  }),
  async run(ctx) {
    const rows = await ctx.read(listConnections);
    return {
      connections: rows.map(({ id, name, kind, provider, status, lastSync, settings }) => ({
        id,
        name,
        kind,
        provider,
        status,
        lastScan: lastSync?.toISOString() ?? null,
        subscriptionCount: Object.keys((settings.subscriptions as object | undefined) ?? {}).length,
      })),
    };
  },
});
