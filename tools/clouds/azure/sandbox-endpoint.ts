import { blobOrigin } from "./azure-clouds.ts";
import { type AzureEndpoint, type AzureQuotas, azureQuotas } from "./azure-endpoint.ts";
import { sandboxCredential } from "./credential.ts";
import { type Pace, realPace } from "./pace.ts";

/** How to reach a running sandbox; comes from the process that started it, never from a connection's row. */
export interface SandboxAccess {
  /** https://127.0.0.1:port for every endpoint. */
  origin: string;
  /** PEM of the certificate to trust. */
  ca: string;
  credentials: { tenantId: string; clientId: string; clientSecret: string };
  /** Which limits it applies: Azure's, or a thousand times them for the demo. */
  quotas: "azure" | "raised";
  /** How waits pass for its clients; this machine's clock unless given. */
  pace?: Pace;
}

/** The endpoint of a sandbox: the real clients run against it unchanged. */
export async function sandboxEndpoint(
  access: SandboxAccess,
  pace: Pace = access.pace ?? realPace,
): Promise<AzureEndpoint> {
  return {
    resourceManager: access.origin,
    resourceManagerScope: "https://management.azure.com/.default",
    metrics: () => access.origin,
    metricsAudience: "https://metrics.monitor.azure.com",
    blobs: (storageAccount, named) => {
      // As strict as for a real account, so that tests see what real ones meet.
      blobOrigin("AzureCloud", storageAccount, named);
      return `${access.origin}/blobs/${storageAccount}`;
    },
    blobOrigin: (storageAccount, named) => blobOrigin("AzureCloud", storageAccount, named),
    credential: await sandboxCredential(access.origin, access.ca, access.credentials),
    retailPrices: access.origin,
    ca: access.ca,
    quotas: access.quotas === "azure" ? azureQuotas : raise(azureQuotas, 1000),
    pace,
    longestWaitMs: 15 * 60_000,
  };
}

function raise(quotas: AzureQuotas, factor: number): AzureQuotas {
  const raised = (windows: AzureQuotas["costScope"]) =>
    windows.map(({ limit, perMs }) => ({ limit: limit * factor, perMs }));
  return {
    resourceGraph: raised(quotas.resourceGraph),
    costTenant: raised(quotas.costTenant),
    costScope: raised(quotas.costScope),
    resourceManagerReads: raised(quotas.resourceManagerReads),
    resourceManagerWrites: raised(quotas.resourceManagerWrites),
    resourceManagerDeletes: raised(quotas.resourceManagerDeletes),
    retailPrices: raised(quotas.retailPrices),
  };
}
