import { createHash } from "node:crypto";
import { readCredentials } from "@cloudoptima/db/queries/connection-credentials.ts";
import { type ConnectionRow, findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { CredentialVault, StoredPrincipal } from "../connections/credentials/credential-vault.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import { AppError } from "../kernel/errors.ts";
import type { AzureEndpoint } from "./azure/azure-endpoint.ts";
import type { SandboxAccess } from "./azure/sandbox-endpoint.ts";
import { type AzureIdentity, type AzureSettings, readAzureEnv } from "./env.ts";

export interface CloudAccess {
  /** The sandbox that this process runs, when it runs one; asked for only when a connection needs it. */
  sandbox?: () => SandboxAccess | undefined | Promise<SandboxAccess | undefined>;
  environment?: NodeJS.ProcessEnv;
  /** Opens the stored credentials of connections; without it those with a service principal cannot be reached. */
  vault?: CredentialVault;
  /** Where an identity leads; Microsoft's clouds unless a test has another. Never connection data. */
  openAzure?(identity: AzureIdentity): Promise<AzureEndpoint>;
}

export type ConnectRequest = Pick<Parameters<ConnectCloud>[0], "connectionId" | "read">;

export interface FoundEndpoint {
  /** The same for connections that can share a client. */
  key: string;
  /** Another when the credentials are: a client that signed in with the former ones is dropped. */
  version?: string;
  open(): Promise<AzureEndpoint>;
}

/** Where the connection leads and with which identity; the one place that decides who may use the host's own. */
export async function findEndpoint(access: CloudAccess, request: ConnectRequest): Promise<FoundEndpoint> {
  const { connectionId, read } = request;
  const { connection, organization, envelope } = await read(async (transaction) => ({
    connection: await findConnection(transaction, connectionId),
    envelope: await readCredentials(transaction, connectionId),
    organization: await transaction.selectFrom("organizations").select(["id", "name"]).executeTakeFirst(),
  }));
  if (!connection || !organization) throw new AppError("not_found", "This connection no longer exists.");
  if (connection.disconnectedAt) {
    throw new AppError(
      "unavailable",
      `${connection.name} was disconnected; its cloud is not reached any more.`,
      {
        hint: "An admin can connect it again on the Connections page.",
      },
    );
  }
  if (connection.kind === "sandbox") return findSandbox(access, connection);
  if (connection.kind === "azure") {
    return connection.identity === "service_principal"
      ? findPrincipal(access, connection, { organizationId: organization.id, envelope })
      : findHost(access, connection, organization.name);
  }
  throw new AppError("unsupported", `${connection.name} holds imported files; there is no cloud to reach.`, {
    hint: "Import a newer file instead: npm run cloudoptima -- import focus FILE",
  });
}

async function findSandbox({ sandbox }: CloudAccess, { name }: ConnectionRow): Promise<FoundEndpoint> {
  const access = await sandbox?.();
  if (!access) {
    throw new AppError("unavailable", `${name} is a sandbox, and none is running here.`, {
      hint: "Start the product with its demo: npm start",
    });
  }
  return {
    key: `sandbox ${access.origin}`,
    open: async () => (await import("./azure/sandbox-endpoint.ts")).sandboxEndpoint(access),
  };
}

/** The credentials that were entered for this connection. */
async function findPrincipal(
  { vault, openAzure = openRealAzure }: CloudAccess,
  { id, name }: ConnectionRow,
  { organizationId, envelope }: { organizationId: string; envelope: string | null },
): Promise<FoundEndpoint> {
  if (!vault || envelope === null) {
    throw new AppError("unauthenticated", `${name} has no credentials.`, {
      hint: "Enter its client secret anew on the Connections page.",
    });
  }
  return {
    key: `azure ${id}`,
    version: createHash("sha256").update(envelope).digest("base64"),
    async open() {
      const principal: StoredPrincipal = await vault.open({ organizationId, connectionId: id }, envelope);
      return openAzure({ cloud: principal.azureCloud, servicePrincipal: principal });
    },
  };
}

/** The host's own identity belongs to the one organization that the operator names, and to nobody else. */
async function findHost(
  { environment, openAzure = openRealAzure }: CloudAccess,
  { id }: ConnectionRow,
  organizationName: string,
): Promise<FoundEndpoint> {
  const settings = readHostIdentity(organizationName, environment);
  return { key: `azure ${id}`, version: "host", open: () => openAzure(settings) };
}

/** The host's identity; forbidden for any organization but the one that the operator names. */
export function readHostIdentity(organizationName: string, environment?: NodeJS.ProcessEnv): AzureSettings {
  const settings = readAzureEnv(environment);
  if (organizationName !== settings.organizationName) {
    throw new AppError("forbidden", "This organization may not use the host's Azure identity.", {
      hint: "The operator names the organization in CLOUDOPTIMA_AZURE_ORGANIZATION.",
    });
  }
  return settings;
}

async function openRealAzure(identity: AzureIdentity): Promise<AzureEndpoint> {
  const [{ azureEndpoint }, { azureCredential }] = await Promise.all([
    import("./azure/azure-clouds.ts"),
    import("./azure/credential.ts"),
  ]);
  return azureEndpoint(identity.cloud, await azureCredential(identity));
}
