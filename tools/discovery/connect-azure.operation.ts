import { addConnection, removeConnection } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "connect_azure",
  title: "Connect Azure",
  description:
    "Connects the Azure tenant of the identity in the environment (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, or the host's own). Needs the roles Reader, Cost Management Reader and Monitoring Reader; nothing is ever changed.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /connections/azure",
  input: z.object({ name: z.string().trim().min(1).max(80).default("Azure") }),
  output: z.object({
    connectionName: z.string(),
    subscriptions: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  async run(ctx, { name }) {
    const connection = {
      id: ctx.newId(),
      organizationId: ctx.actor.organizationId,
      name,
      kind: "azure" as const,
      provider: "azure" as const,
      settings: {},
    };
    if (!(await ctx.write((transaction) => addConnection(transaction, connection)))) {
      throw new AppError("conflict", `There is already a connection named "${name}".`, {
        hint: "Scan it, or choose another name.",
      });
    }
    try {
      const cloud = await ctx.cloud(connection.id);
      const subscriptions = await cloud.subscriptions(ctx.signal);
      if (subscriptions.length === 0) {
        throw new AppError("forbidden", "The identity signs in but sees no subscription.", {
          hint: "Give it the Reader role on the subscriptions to watch.",
        });
      }
      return { connectionName: name, subscriptions };
    } catch (error) {
      // A connection that never worked would only fail every scan.
      await ctx.write((transaction) => removeConnection(transaction, connection.id));
      throw error;
    }
  },
});
