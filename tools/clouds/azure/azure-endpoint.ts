import type { TokenCredential } from "@azure/core-auth";
import type { Pace } from "./pace.ts";
import type { QuotaWindow } from "./quota.ts";

/** Which calls per time a service allows. */
export interface AzureQuotas {
  /** Resource Graph queries of one user. */
  resourceGraph: readonly QuotaWindow[];
  /** Cost Management query processing units of one tenant; one unit reads one month. */
  costTenant: readonly QuotaWindow[];
  /** Cost Management calls for one scope (a subscription). */
  costScope: readonly QuotaWindow[];
  /** Resource Manager reads, writes and deletes of one identity in one subscription. */
  resourceManagerReads: readonly QuotaWindow[];
  resourceManagerWrites: readonly QuotaWindow[];
  resourceManagerDeletes: readonly QuotaWindow[];
  /** Pages of the public price list. */
  retailPrices: readonly QuotaWindow[];
}

/** Everything that differs between the public cloud, a sovereign cloud and the sandbox. Never connection data. */
export interface AzureEndpoint {
  /** Origin of the Resource Manager, without a trailing slash. */
  resourceManager: string;
  /** OAuth scope of the Resource Manager. */
  resourceManagerScope: string;
  /** Origin of the metrics data plane in a region. */
  metrics(region: string): string;
  /** OAuth audience of the metrics data plane. */
  metricsAudience: string;
  /**
   * Origin and path that a storage account's containers are reached under; the name was checked to be one label.
   * `named`: the endpoint that the account itself says it has, which is held against the cloud's own domains.
   */
  blobs(storageAccount: string, named?: string | null): string;
  /** The same as the cloud calls it, e.g. in the disks of a machine. */
  blobOrigin(storageAccount: string, named?: string | null): string;
  credential: TokenCredential;
  /** Origin of the public price list, which needs no sign-in; null where there is none that we can read. */
  retailPrices: string | null;
  /** Certificate authority to trust besides the system's, PEM; only the sandbox has one. */
  ca?: string;
  quotas: AzureQuotas;
  pace: Pace;
  /** Longest wait that one throttled call may ask for before the scan gives up, in milliseconds. */
  longestWaitMs: number;
}

const second = 1000;

/**
 * Azure's published limits (RULES.md, "Limits"; learn.microsoft.com: Resource Graph, Cost Management and Resource
 * Manager throttling). Resource Manager fills buckets of 250 reads at 25/s and 200 writes or deletes at 10/s:
 * a bucket's worth in the time that fills it stays inside both. The price list publishes no limit: 10 pages a second
 * is slower than a page comes.
 */
export const azureQuotas: AzureQuotas = {
  resourceGraph: [{ limit: 15, perMs: 5 * second }],
  costTenant: [
    { limit: 12, perMs: 10 * second },
    { limit: 60, perMs: 60 * second },
    { limit: 600, perMs: 3600 * second },
  ],
  costScope: [{ limit: 4, perMs: 60 * second }],
  resourceManagerReads: [{ limit: 250, perMs: 10 * second }],
  resourceManagerWrites: [{ limit: 200, perMs: 20 * second }],
  resourceManagerDeletes: [{ limit: 200, perMs: 20 * second }],
  retailPrices: [{ limit: 10, perMs: second }],
};
