import type { ConnectionIdentity } from "@cloudoptima/db/queries/connections.ts";
import type { AzureCloudName } from "../clouds/azure/azure-clouds.ts";
import { readHostIdentity } from "../clouds/find-endpoint.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

/** As what a connection is to sign in, as a person said it. */
export interface ChosenIdentity {
  identity: "service_principal" | "host";
  azureCloud: AzureCloudName;
  tenantId?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
}

/** The identity as it is stored, its secret encrypted for this connection. Throws when something is missing. */
export async function sealIdentity(
  ctx: WriteContext,
  connectionId: string,
  chosen: ChosenIdentity,
): Promise<ConnectionIdentity> {
  const { identity, azureCloud, tenantId, clientId, clientSecret } = chosen;
  if (identity === "host") {
    if (tenantId || clientId || clientSecret) {
      throw new AppError("invalid_input", "The host's own identity takes no tenant, client or secret.", {
        hint: "Leave them out, or choose the service principal.",
      });
    }
    const { cloud } = readHostIdentity(ctx.actor.organizationName);
    return { identity, azureCloud: cloud, tenantId: null, clientId: null, credentials: null };
  }
  const missing = Object.entries({ tenantId, clientId, clientSecret }).filter(([, value]) => !value);
  if (!tenantId || !clientId || !clientSecret) {
    throw new AppError(
      "invalid_input",
      `A service principal needs ${missing.map(([name]) => name).join(", ")}.`,
      { hint: "The secret goes with one tenant, client and cloud: give all of them together." },
    );
  }
  const principal = { azureCloud, tenantId, clientId, clientSecret };
  const credentials = await ctx.credentials.seal(connectionId, principal);
  return { identity, azureCloud, tenantId, clientId, credentials };
}
