import type { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import type { CloudChange, CloudResource, Subscription } from "../cloud.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { clientOptions } from "./client-options.ts";
import { normalizeResource, ResourceRow } from "./normalize-resource.ts";
import { readChange } from "./read-change.ts";

const pageSize = 1000;
const ChangeRow = z.object({
  id: z.string(),
  targetId: z.string(),
  changeType: z.string(),
  changeTime: z.string(),
});
const CountRow = z.object({ id: z.string(), resourceCount: z.number().int() });
// Well under the 1,000 subscriptions that one Resource Graph query may name.
const subscriptionsPerQuery = 200;

// Ordered by id: without an order Resource Graph may repeat or lose rows between pages.
const columns =
  "project id, name, type, kind, location, resourceGroup, subscriptionId, managedBy, sku, zones, tags, properties | order by id asc";
const resourcesQuery = `Resources | ${columns}`;
// Ids are long: a query that names more of them at once may be refused for its size.
const idsPerQuery = 100;
const changesQuery = (
  since: Temporal.Instant,
  columns: "targetId, changeType" | "properties" = "targetId, changeType",
) =>
  `resourcechanges | extend changeTime = todatetime(properties.changeAttributes.timestamp), targetId = tostring(properties.targetResourceId), changeType = tostring(properties.changeType) | where changeTime >= todatetime('${since}') | project id, ${columns}, changeTime | order by changeTime asc, id asc`;
const countsQuery =
  "Resources | summarize resourceCount = count() by type | project id = type, resourceCount | order by id asc";
const subscriptionsQuery =
  "ResourceContainers | where type =~ 'microsoft.resources/subscriptions' | project id, subscriptionId, name, properties | order by id asc";

/** Inventory by Azure Resource Graph. */
export class ResourceGraph {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  #client: Promise<ResourceGraphClient> | undefined;

  constructor(endpoint: AzureEndpoint, caller: AzureCaller) {
    this.#endpoint = endpoint;
    this.#caller = caller;
  }

  /** Subscriptions that the identity can read. Unavailable when a page is lost. */
  async subscriptions(signal: AbortSignal): Promise<Subscription[]> {
    const found: Subscription[] = [];
    for await (const page of this.#pages(subscriptionsQuery, undefined, "list the subscriptions", signal)) {
      for (const row of page.rows) {
        const { subscriptionId, name } = ResourceRow.parse(row);
        // Resources and costs name it in lower case: spelled otherwise, nothing would be found in it.
        found.push({ id: subscriptionId.toLowerCase(), name });
      }
    }
    return found;
  }

  /** All resources, page by page; `total` is Azure's own count for the subscriptions of that page's query. */
  async *resources(
    subscriptionIds: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<{ items: CloudResource[]; total: number }> {
    for (const subscriptions of chunks(subscriptionIds, subscriptionsPerQuery)) {
      for await (const page of this.#pages(resourcesQuery, subscriptions, "list the resources", signal)) {
        yield { items: page.rows.map((row) => normalizeResource(ResourceRow.parse(row))), total: page.total };
      }
    }
  }

  /** Azure keeps changes for 14 days. */
  readonly changesKeptDays = 14;

  /**
   * What changed, as it stands now: a change that was read late, or twice, brings nothing old back. Gone is only what
   * Azure tells as deleted: what is merely not there may no longer be read.
   */
  async *changesSince(
    subscriptionIds: readonly string[],
    since: Temporal.Instant,
    signal: AbortSignal,
  ): AsyncIterable<{ items: CloudResource[]; goneIds: string[] }> {
    for (const subscriptions of chunks(subscriptionIds, subscriptionsPerQuery)) {
      // Oldest first: the last word on each. Of the order within one moment Azure says nothing.
      const told = new Map<string, { at: string; deleted: boolean }>();
      const query = changesQuery(since);
      for await (const { rows } of this.#pages(query, subscriptions, "list what changed", signal)) {
        for (const row of rows) {
          const { targetId, changeType, changeTime: at } = ChangeRow.parse(row);
          const id = targetId.toLowerCase();
          const before = told.get(id);
          const deleted = changeType === "Delete" || (before?.at === at && before.deleted);
          told.set(id, { at, deleted });
        }
      }
      for (const asked of chunks([...told.keys()], idsPerQuery)) {
        const named = asked.map((id) => `'${id.replaceAll(/[\\']/g, "\\$&")}'`).join(", ");
        const query = `Resources | where id in~ (${named}) | ${columns}`;
        const items: CloudResource[] = [];
        for await (const { rows } of this.#pages(query, subscriptions, "read what changed", signal)) {
          items.push(...rows.map((row) => normalizeResource(ResourceRow.parse(row))));
        }
        const found = new Set(items.map(({ id }) => id));
        yield { items, goneIds: asked.filter((id) => !found.has(id) && told.get(id)?.deleted) };
      }
    }
  }

  /** The changes as Azure tells them, oldest first. */
  async *changeHistory(
    subscriptionIds: readonly string[],
    since: Temporal.Instant,
    signal: AbortSignal,
  ): AsyncIterable<CloudChange[]> {
    for (const subscriptions of chunks(subscriptionIds, subscriptionsPerQuery)) {
      const query = changesQuery(since, "properties");
      for await (const { rows } of this.#pages(query, subscriptions, "read who changed what", signal)) {
        yield rows.map(readChange);
      }
    }
  }

  /** Azure's own count of each type, lower case. */
  async resourceCounts(
    subscriptionIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const subscriptions of chunks(subscriptionIds, subscriptionsPerQuery)) {
      for await (const { rows } of this.#pages(countsQuery, subscriptions, "count the resources", signal)) {
        for (const row of rows) {
          const { id, resourceCount } = CountRow.parse(row);
          const type = id.toLowerCase();
          counts.set(type, (counts.get(type) ?? 0) + resourceCount);
        }
      }
    }
    return counts;
  }

  async *#pages(
    query: string,
    subscriptions: string[] | undefined,
    what: string,
    signal: AbortSignal,
  ): AsyncGenerator<{ rows: unknown[]; total: number }> {
    const client = await this.#connect();
    const seen = new Set<string>();
    let skipToken: string | undefined;
    let total: number | undefined;
    do {
      const response = await this.#caller.call({
        what,
        service: "resource graph",
        spend: [{ key: "resource graph", windows: this.#endpoint.quotas.resourceGraph, units: 1 }],
        timeoutMs: 60_000,
        signal,
        run: (abortSignal) =>
          client.resources(
            {
              query,
              ...(subscriptions ? { subscriptions } : {}),
              options: { top: pageSize, resultFormat: "objectArray", ...(skipToken ? { skipToken } : {}) },
            },
            { abortSignal },
          ),
      });
      const rows = response.data as { id: string }[];
      for (const row of rows) seen.add(row.id.toLowerCase());
      if (total !== undefined && total !== response.totalRecords)
        throw lostRows(what, seen.size, response.totalRecords);
      total = response.totalRecords;
      yield { rows, total };
      skipToken = response.skipToken;
    } while (skipToken);
    // A missing page, a repeated one or a truncated answer: each would make every total silently short.
    if (seen.size !== total) throw lostRows(what, seen.size, total);
  }

  #connect(): Promise<ResourceGraphClient> {
    this.#client ??= import("@azure/arm-resourcegraph").then(
      ({ ResourceGraphClient }) =>
        new ResourceGraphClient(this.#endpoint.credential, {
          ...clientOptions(this.#endpoint, this.#endpoint.resourceManager),
          credentials: { scopes: [this.#endpoint.resourceManagerScope] },
        }),
    );
    return this.#client;
  }
}

function* chunks(all: readonly string[], size: number): Generator<string[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

function lostRows(what: string, got: number, total: number): AppError {
  return new AppError(
    "unavailable",
    `Azure counts ${total} rows but delivered ${got} when we asked to ${what}; we kept nothing of a short list.`,
    {
      hint: "Scan again: resources may have come or gone while the pages were read.",
      details: { got, total },
    },
  );
}
