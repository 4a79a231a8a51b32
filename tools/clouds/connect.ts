import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import { AppError } from "../kernel/errors.ts";
import type { SandboxAccess } from "./azure/sandbox-endpoint.ts";
import type { CloudRead } from "./cloud.ts";
import { readAzureEnv } from "./env.ts";

export interface CloudAccess {
  /** The sandbox that this process runs, when it runs one. */
  sandbox?: () => SandboxAccess | undefined;
  environment?: NodeJS.ProcessEnv;
}

/** Opens the cloud behind a connection. One client is kept for each, so that its quotas are planned in one place. */
export function createConnectCloud({ sandbox, environment }: CloudAccess): ConnectCloud {
  const clouds = new Map<string, Promise<CloudRead>>();
  return async ({ connectionId, read }) => {
    const { connection, organization } = await read(async (transaction) => ({
      connection: await findConnection(transaction, connectionId),
      organization: await transaction.selectFrom("organizations").select("name").executeTakeFirst(),
    }));
    if (!connection) throw new AppError("not_found", "This connection no longer exists.");
    if (connection.kind === "sandbox") {
      const access = sandbox?.();
      if (!access) {
        throw new AppError("unavailable", `${connection.name} is a sandbox, and none is running here.`, {
          hint: "Start the product with its demo: npm start",
        });
      }
      return keep(clouds, `sandbox ${access.origin}`, () => openSandbox(access));
    }
    if (connection.kind === "azure") {
      const settings = readAzureEnv(environment);
      if (organization?.name !== settings.organizationName) {
        throw new AppError("forbidden", "This organization may not use the host's Azure identity.", {
          hint: "The operator names the organization in CLOUDOPTIMA_AZURE_ORGANIZATION.",
        });
      }
      return keep(clouds, connectionId, async () => {
        const [{ azureEndpoint }, { azureCredential }, { createAzureCloud }] = await Promise.all([
          import("./azure/azure-clouds.ts"),
          import("./azure/credential.ts"),
          import("./azure/azure-cloud.ts"),
        ]);
        return createAzureCloud(azureEndpoint(settings.cloud, await azureCredential(settings)));
      });
    }
    throw new AppError("unsupported", `${connection.name} holds imported files; there is no cloud to scan.`, {
      hint: "Import a newer file instead: npm run cloudoptima -- import focus FILE",
    });
  };
}

async function openSandbox(access: SandboxAccess): Promise<CloudRead> {
  const [{ sandboxEndpoint }, { createAzureCloud }] = await Promise.all([
    import("./azure/sandbox-endpoint.ts"),
    import("./azure/azure-cloud.ts"),
  ]);
  return createAzureCloud(await sandboxEndpoint(access));
}

/** A failed opening is forgotten, so that the next call tries again. */
function keep(
  clouds: Map<string, Promise<CloudRead>>,
  key: string,
  open: () => Promise<CloudRead>,
): Promise<CloudRead> {
  const kept = clouds.get(key) ?? open();
  clouds.set(key, kept);
  kept.catch(() => clouds.delete(key));
  return kept;
}
