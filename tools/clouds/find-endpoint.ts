import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import { AppError } from "../kernel/errors.ts";
import type { AzureEndpoint } from "./azure/azure-endpoint.ts";
import type { SandboxAccess } from "./azure/sandbox-endpoint.ts";
import { readAzureEnv } from "./env.ts";

export interface CloudAccess {
  /** The sandbox that this process runs, when it runs one; asked for only when a connection needs it. */
  sandbox?: () => SandboxAccess | undefined | Promise<SandboxAccess | undefined>;
  environment?: NodeJS.ProcessEnv;
}

export type ConnectRequest = Pick<Parameters<ConnectCloud>[0], "connectionId" | "read">;

export interface FoundEndpoint {
  /** The same for connections that can share a client. */
  key: string;
  open(): Promise<AzureEndpoint>;
}

/** Where the connection leads and with which identity; the one place that decides who may use the host's own. */
export async function findEndpoint(
  { sandbox, environment }: CloudAccess,
  { connectionId, read }: ConnectRequest,
): Promise<FoundEndpoint> {
  const { connection, organization } = await read(async (transaction) => ({
    connection: await findConnection(transaction, connectionId),
    organization: await transaction.selectFrom("organizations").select("name").executeTakeFirst(),
  }));
  if (!connection) throw new AppError("not_found", "This connection no longer exists.");
  if (connection.kind === "sandbox") {
    const access = await sandbox?.();
    if (!access) {
      throw new AppError("unavailable", `${connection.name} is a sandbox, and none is running here.`, {
        hint: "Start the product with its demo: npm start",
      });
    }
    return {
      key: `sandbox ${access.origin}`,
      open: async () => (await import("./azure/sandbox-endpoint.ts")).sandboxEndpoint(access),
    };
  }
  if (connection.kind === "azure") {
    const settings = readAzureEnv(environment);
    if (organization?.name !== settings.organizationName) {
      throw new AppError("forbidden", "This organization may not use the host's Azure identity.", {
        hint: "The operator names the organization in CLOUDOPTIMA_AZURE_ORGANIZATION.",
      });
    }
    return {
      key: connectionId,
      async open() {
        const [{ azureEndpoint }, { azureCredential }] = await Promise.all([
          import("./azure/azure-clouds.ts"),
          import("./azure/credential.ts"),
        ]);
        return azureEndpoint(settings.cloud, await azureCredential(settings));
      },
    };
  }
  throw new AppError("unsupported", `${connection.name} holds imported files; there is no cloud to reach.`, {
    hint: "Import a newer file instead: npm run cloudoptima -- import focus FILE",
  });
}
