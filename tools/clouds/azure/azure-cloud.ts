import type { CloudRead, CloudResource } from "../cloud.ts";
import { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { CostQuery } from "./cost-query.ts";
import { dailyCosts } from "./daily-costs.ts";
import { Metrics } from "./metrics.ts";
import { ResourceGraph } from "./resource-graph.ts";

/** Reads one Azure tenant through the official SDK clients, which load at first use. */
export function createAzureCloud(endpoint: AzureEndpoint): CloudRead {
  const caller = new AzureCaller(endpoint);
  const resourceGraph = new ResourceGraph(endpoint, caller);
  const costQuery = new CostQuery(endpoint, caller);
  const metrics = new Metrics(endpoint, caller);
  // Regions seen in the inventory spare a cost query for each month.
  const regions = new Map<string, string | null>();

  return {
    subscriptions: (signal) => resourceGraph.subscriptions(signal),
    async *resources(subscriptionIds, signal) {
      for await (const page of resourceGraph.resources(subscriptionIds, signal)) {
        rememberRegions(regions, page.items);
        yield page;
      }
    },
    costs: (subscriptionId, from, to, signal) =>
      dailyCosts(costQuery, regions, subscriptionId, from, to, signal),
    metrics: (request, signal) => metrics.points(request, signal),
  };
}

function rememberRegions(regions: Map<string, string | null>, items: readonly CloudResource[]): void {
  for (const { id, region } of items) regions.set(id, region);
}
