import type { ConnectCloud } from "../kernel/create-context.ts";
import type { CloudRead } from "./cloud.ts";
import { type CloudAccess, findEndpoint } from "./find-endpoint.ts";
import { KeptClients } from "./kept-clients.ts";

/** Opens the read half of the cloud behind a connection. */
export function createConnectCloud(access: CloudAccess): ConnectCloud {
  const clouds = new KeptClients<CloudRead>(async (endpoint) => {
    const { createAzureCloud } = await import("./azure/azure-cloud.ts");
    return createAzureCloud(await endpoint.open());
  });
  return async (request) => clouds.get(await findEndpoint(access, request));
}
