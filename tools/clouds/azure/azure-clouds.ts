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
    zonedBlobDomain: "blob.storage.azure.net",
  },
  AzureUSGovernment: {
    authority: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    metricsDomain: "metrics.monitor.azure.us",
    retailPrices: "https://prices.azure.com",
    blobDomain: "blob.core.usgovcloudapi.net",
    zonedBlobDomain: null,
  },
  AzureChinaCloud: {
    authority: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    metricsDomain: "metrics.monitor.azure.cn",
    // Its price list is a file of another shape.
    retailPrices: null,
    blobDomain: "blob.core.chinacloudapi.cn",
    zonedBlobDomain: null,
  },
} as const;
export type AzureCloudName = keyof typeof azureClouds;

/** The endpoint of a real Azure cloud. */
export function azureEndpoint(cloud: AzureCloudName, credential: TokenCredential): AzureEndpoint {
  const { resourceManager, metricsDomain, retailPrices } = azureClouds[cloud];
  const blobs = (storageAccount: string, named?: string | null) => blobOrigin(cloud, storageAccount, named);
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
    blobs,
    blobOrigin: blobs,
    credential,
    quotas: azureQuotas,
    pace: realPace,
    longestWaitMs: 15 * 60_000,
  };
}

/**
 * Origin of a storage account's blobs. What the account says of itself is taken where it is an endpoint of this cloud
 * (accounts with DNS zones have others than the usual): our token goes nowhere else.
 */
export function blobOrigin(cloud: AzureCloudName, storageAccount: string, named?: string | null): string {
  const { blobDomain, zonedBlobDomain } = azureClouds[cloud];
  if (!/^[a-z0-9]{3,24}$/.test(storageAccount)) {
    throw new AppError("invalid_input", `"${storageAccount}" is not the name of a storage account.`);
  }
  const usual = `https://${storageAccount}.${blobDomain}`;
  if (!named) return usual;
  const { origin, protocol, pathname } = URL.canParse(named) ? new URL(named) : new URL("about:blank");
  const label = `https://${storageAccount}.`;
  const isZoned =
    zonedBlobDomain !== null &&
    origin.startsWith(label) &&
    /^z\d{1,3}\.$/.test(origin.slice(label.length, -zonedBlobDomain.length)) &&
    origin.endsWith(zonedBlobDomain);
  if (protocol === "https:" && pathname === "/" && (origin === usual || isZoned)) return origin;
  throw new AppError(
    "unsupported",
    `The storage account ${storageAccount} names an endpoint that is not Azure's.`,
    {
      hint: "Only endpoints of the chosen cloud are called. Read its blobs with a connection of the cloud that it is in.",
    },
  );
}
