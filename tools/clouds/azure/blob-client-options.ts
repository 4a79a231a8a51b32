import type { AzureEndpoint } from "./azure-endpoint.ts";

/** What every client of blob storage gets: our own retries, as everywhere; and no redirects, the token goes to this origin only. */
export function blobClientOptions(endpoint: Pick<AzureEndpoint, "ca">) {
  return {
    retryOptions: { maxTries: 1 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: "cloudoptima" },
    ...(endpoint.ca ? { tlsOptions: { ca: endpoint.ca } } : {}),
  };
}
