import { updateConnection } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { sealIdentity } from "./choose-identity.ts";
import {
  AzureCloud,
  ClientId,
  ClientSecret,
  Connection,
  ConnectionName,
  describeConnection,
  Identity,
  TenantId,
} from "./connection-shapes.ts";
import { requireConnection } from "./require-connection.ts";
import { requirePasswordAdmin } from "./require-password-admin.ts";

export default defineOperation({
  name: "update_connection",
  title: "Change a connection",
  description:
    "Renames a connection or gives it another identity or secret. Tenant, client or cloud change only together with the secret, so that a kept secret is sent nowhere else. One that was disconnected is connected again.",
  permission: "connections:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /connections/{id}",
  input: z.object({
    id: z.guid(),
    name: ConnectionName.optional(),
    identity: Identity.optional(),
    azureCloud: AzureCloud.optional(),
    tenantId: TenantId.optional(),
    clientId: ClientId.optional(),
    clientSecret: ClientSecret.optional(),
    reconnect: z.literal(true).optional().describe("Use one again that was disconnected, as it was"),
  }),
  output: Connection,
  async run(ctx, { id, name, reconnect, ...change }) {
    const connection = await requireConnection(ctx, id);
    // What was disconnected has lost its secret: as it was, only an identity without one can be used again.
    const lacksSecret =
      reconnect && connection.identity === "service_principal" && !connection.hasCredentials;
    const changesIdentity = lacksSecret || Object.values(change).some((value) => value !== undefined);
    if (changesIdentity && connection.kind !== "azure") {
      throw new AppError("unsupported", `${connection.name} signs in to nothing: it has only a name.`);
    }
    if (changesIdentity || (reconnect && connection.kind === "azure")) await requirePasswordAdmin(ctx);
    const kind = change.identity ?? connection.identity ?? "service_principal";
    // What stays the same need not be said again, but a secret goes only where its person said it goes.
    const kept = kind === "service_principal" && kind === connection.identity ? connection : null;
    const identity = changesIdentity
      ? await sealIdentity(ctx, id, {
          identity: kind,
          azureCloud: change.azureCloud ?? connection.azureCloud ?? "AzureCloud",
          tenantId: change.tenantId ?? kept?.tenantId ?? undefined,
          clientId: change.clientId ?? kept?.clientId ?? undefined,
          clientSecret: change.clientSecret,
        })
      : undefined;
    const renamed = { name: name ?? connection.name, reconnect: changesIdentity || reconnect === true };
    const updated = await ctx.write((transaction) =>
      updateConnection(transaction, id, { ...renamed, ...(identity ? { identity } : {}) }),
    );
    if (!updated) {
      throw new AppError("conflict", `There is already a connection named "${name}".`, {
        hint: "Choose another name.",
      });
    }
    return describeConnection(await requireConnection(ctx, id), null);
  },
});
