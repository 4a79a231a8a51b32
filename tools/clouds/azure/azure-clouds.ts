import type { TokenCredential } from "@azure/core-auth";
import { AppError } from "../../kernel/errors.ts";
import { type AzureEndpoint, azureQuotas } from "./azure-endpoint.ts";
import { realPace } from "./pace.ts";

/** Microsoft's clouds. Endpoints are code, never connection data: a connection must not aim our token elsewhere. */
export const azureClouds = {
  AzureCloud: {
    authority: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    metricsDomain: "metrics.monitor.azure.com",
    retailPrices: "https://prices.azure.com",
    blobDomain: "blob.core.windows.net",
  },
  AzureUSGovernment: {
    authority: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    metricsDomain: "metrics.monitor.azure.us",
    retailPrices: "https://prices.azure.com",
    blobDomain: "blob.core.usgovcloudapi.net",
  },
  AzureChinaCloud: {
    authority: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    metricsDomain: "metrics.monitor.azure.cn",
    // Its price list is a file of another shape.
    retailPrices: null,
    blobDomain: "blob.core.chinacloudapi.cn",
  },
} as const;
export type AzureCloudName = keyof typeof azureClouds;

/** The endpoint of a real Azure cloud. */
export function azureEndpoint(cloud: AzureCloudName, credential: TokenCredential): AzureEndpoint {
  const { resourceManager, metricsDomain, retailPrices, blobDomain } = azureClouds[cloud];
  return {
    resourceManager,
    resourceManagerScope: `${resourceManager}/.default`,
    metrics: (region) => {
      // The region comes from the cloud and becomes part of a host name.
      const label = /^[a-z0-9]{1,40}$/.test(region) ? region : "global";
      return `https://${label}.${metricsDomain}`;
    },
    metricsAudience: `https://${metricsDomain}`,
    retailPrices,
    blobs: (storageAccount) => {
      if (/^[a-z0-9]{3,24}$/.test(storageAccount)) return `https://${storageAccount}.${blobDomain}`;
      throw new AppError("invalid_input", `"${storageAccount}" is not the name of a storage account.`);
    },
    credential,
    quotas: azureQuotas,
    pace: realPace,
    longestWaitMs: 15 * 60_000,
  };
}
