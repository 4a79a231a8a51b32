import { listConnections, writeCostSource } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { openFolder } from "../costs/exports/open-exports.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "set_cost_folder",
  title: "Read costs from a folder",
  description:
    "Reads a connection's costs from exports in a folder of this machine, under the directory that CLOUDOPTIMA_COST_EXPORTS names.",
  permission: "costs:import",
  effect: "write",
  input: z.object({
    connectionName: z.string().min(1).max(100),
    folder: z.string().min(1).max(500).describe("Relative to CLOUDOPTIMA_COST_EXPORTS"),
  }),
  output: z.object({ connectionName: z.string(), folder: z.string(), fileCount: z.number().int() }),
  async run(ctx, { connectionName, folder }) {
    // A folder of the server: only its operator may name one, never a browser, a chat or a tenant's admin.
    if (ctx.actor.via !== "local" && ctx.actor.via !== "system") {
      throw new AppError("forbidden", "A folder of the server can be named at its own terminal only.", {
        hint: "Run: npm run cloudoptima -- cost-folder CONNECTION FOLDER",
      });
    }
    const all = await ctx.read(listConnections);
    const found = all.find(({ name }) => name.toLowerCase() === connectionName.trim().toLowerCase());
    if (!found || found.kind === "focus") {
      const names = all.filter(({ kind }) => kind !== "focus").map(({ name }) => name);
      throw new AppError("not_found", `There is no cloud connection named "${connectionName}".`, {
        hint: `Connections: ${names.join(", ") || "none"}.`,
      });
    }
    const files = await (await openFolder(folder)).list(ctx.signal);
    const source = { kind: "folder" as const, folder };
    await ctx.write((transaction) => writeCostSource(transaction, found.id, source));
    return { connectionName: found.name, folder, fileCount: files.length };
  },
});
