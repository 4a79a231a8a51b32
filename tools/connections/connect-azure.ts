import { addConnection, removeConnection } from "@cloudoptima/db/queries/connections.ts";
import type { Subscription } from "../clouds/cloud.ts";
import { readAzureEnv } from "../clouds/env.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { requirePasswordAdmin } from "./require-password-admin.ts";

/**
 * Adds a connection to the Azure tenant of the environment's identity and proves that it reads.
 * Throws, and keeps nothing, when it does not: it would only fail every scan.
 */
export async function connectAzure(
  ctx: WriteContext,
  name: string,
): Promise<{ connectionName: string; subscriptions: Subscription[] }> {
  await requirePasswordAdmin(ctx);
  const connection = {
    id: ctx.newId(),
    organizationId: ctx.actor.organizationId,
    name,
    kind: "azure" as const,
    provider: "azure" as const,
    settings: {},
    identity: {
      identity: "host" as const,
      azureCloud: readAzureEnv().cloud,
      tenantId: null,
      clientId: null,
      credentials: null,
    },
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
    await ctx.write((transaction) => removeConnection(transaction, connection.id));
    throw error;
  }
}
