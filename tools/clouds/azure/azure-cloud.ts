import type { CloudRead, CloudResource } from "../cloud.ts";
import { ApiVersions } from "./api-versions.ts";
import { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { CostQuery } from "./cost-query.ts";
import { costTotals } from "./cost-totals.ts";
import { dailyCosts } from "./daily-costs.ts";
import { readDiskBlobs } from "./disk-blobs.ts";
import { exportBlobs } from "./export-blobs.ts";
import { findGone } from "./find-gone.ts";
import { readLiveResource } from "./live-resource.ts";
import { readLocks } from "./locks.ts";
import { Metrics } from "./metrics.ts";
import { readMissingPermissions } from "./missing-permissions.ts";
import { ResourceGraph } from "./resource-graph.ts";
import { ResourceManager } from "./resource-manager.ts";
import { readResourceSkus } from "./resource-skus.ts";
import { RetailPrices } from "./retail-prices.ts";

/** Reads one Azure tenant through the official SDK clients, which load at first use. */
export function createAzureCloud(endpoint: AzureEndpoint): CloudRead {
  const caller = new AzureCaller(endpoint);
  const resourceGraph = new ResourceGraph(endpoint, caller);
  const costQuery = new CostQuery(endpoint, caller);
  const resourceManager = new ResourceManager(endpoint, caller);
  const versions = new ApiVersions(resourceManager);
  const metrics = new Metrics(endpoint, caller);
  const prices = new RetailPrices(endpoint, caller);
  // Regions seen in the inventory spare a cost query for each month.
  const regions = new Map<string, string | null>();
  const benefits = new Map<string, string>();

  return {
    subscriptions: (signal) => resourceGraph.subscriptions(signal),
    async *resources(subscriptionIds, signal) {
      for await (const page of resourceGraph.resources(subscriptionIds, signal)) {
        rememberRegions(regions, page.items);
        yield page;
      }
    },
    changesKeptDays: resourceGraph.changesKeptDays,
    async *changesSince(subscriptionIds, since, signal) {
      for await (const page of resourceGraph.changesSince(subscriptionIds, since, signal)) {
        rememberRegions(regions, page.items);
        yield page;
      }
    },
    changeHistory: (subscriptionIds, since, signal) =>
      resourceGraph.changeHistory(subscriptionIds, since, signal),
    findGone: (resources, signal) => findGone(resourceManager, versions, resources, signal),
    resourceCounts: (subscriptionIds, signal) => resourceGraph.resourceCounts(subscriptionIds, signal),
    costs: (subscriptionId, from, to, signal) =>
      dailyCosts(costQuery, regions, benefits, subscriptionId, from, to, signal),
    costTotals: (subscriptionId, from, to, signal) => costTotals(costQuery, subscriptionId, from, to, signal),
    diskBlobs: (account, signal) => readDiskBlobs(endpoint, caller, account, signal),
    exportFiles: (place) => exportBlobs(endpoint, caller, place),
    metrics: (request, signal) => metrics.points(request, signal),
    retailPrices: (query, signal) => prices.pages(query, signal),
    resourceSkus: (subscriptionId, region, signal) =>
      readResourceSkus(resourceManager, subscriptionId, region, signal),
    resource: (id, signal) => readLiveResource(resourceManager, versions, id, signal),
    locks: (id, signal) => readLocks(resourceManager, id, signal),
    missingPermissions: (id, operations, signal) =>
      readMissingPermissions(resourceManager, id, operations, signal),
  };
}

function rememberRegions(regions: Map<string, string | null>, items: readonly CloudResource[]): void {
  for (const { id, region } of items) regions.set(id, region);
}
