import type { CloudWrite } from "./cloud-write.ts";
import { type CloudAccess, type ConnectRequest, findEndpoint } from "./find-endpoint.ts";
import { KeptClients } from "./kept-clients.ts";

/** Opens the write half of the cloud behind one of the organization's connections. */
export type ConnectWrite = (request: ConnectRequest) => Promise<CloudWrite>;

/** For the worker alone, to run approved plans: nothing that a model or MCP can reach may import this file. */
export function createConnectWrite(access: CloudAccess): ConnectWrite {
  const clouds = new KeptClients<CloudWrite>(async (endpoint) => {
    const { createAzureWrite } = await import("./azure/write/azure-write.ts");
    return createAzureWrite(await endpoint.open());
  });
  return async (request) => clouds.get(await findEndpoint(access, request));
}
