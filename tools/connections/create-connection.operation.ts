import { addConnection } from "@cloudoptima/db/queries/connections.ts";
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
  name: "create_connection",
  title: "Add a connection",
  description:
    "Connects an Azure tenant with a service principal or the host's own identity. The secret is encrypted and never shown again. Nothing is read yet: test it, then sync it.",
  permission: "connections:manage",
  effect: "write",
  personOnly: true,
  rest: "POST /connections",
  input: z.object({
    name: ConnectionName,
    kind: z.literal("azure").default("azure"),
    identity: Identity.default("service_principal"),
    azureCloud: AzureCloud.default("AzureCloud"),
    tenantId: TenantId.optional(),
    clientId: ClientId.optional(),
    clientSecret: ClientSecret.optional(),
  }),
  output: Connection,
  async run(ctx, { name, kind, ...chosen }) {
    await requirePasswordAdmin(ctx);
    const id = ctx.newId();
    const identity = await sealIdentity(ctx, id, chosen);
    const { organizationId } = ctx.actor;
    const added = await ctx.write((transaction) =>
      addConnection(transaction, {
        id,
        organizationId,
        name,
        kind,
        provider: "azure",
        settings: {},
        identity,
      }),
    );
    if (!added) {
      throw new AppError("conflict", `There is already a connection named "${name}".`, {
        hint: "Choose another name, or give that one new credentials.",
      });
    }
    return describeConnection(await requireConnection(ctx, id), null);
  },
});
