import type { Hono } from "hono";
import { z } from "zod";
import { metricsOfType } from "../metrics/catalog.ts";
import { metricValues, parseMetricQuery } from "../metrics/query.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";
import { guard } from "./guard.ts";

const maximumBatch = 50;

/** Monitor: metrics of one resource (Resource Manager) and of up to 50 at once (data plane). */
export function addMetricRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { estate } = sandbox;

  app.get("/:resource{.+}/providers/microsoft.insights/metrics", (c) => {
    const resource = findMeasured(`/${c.req.param("resource")}`);
    const query = parseMetricQuery(c.req.query(), resource.type, estate.now());
    return c.json({
      cost: 0,
      timespan: `${iso(query.firstHour)}/${iso(query.endHour)}`,
      interval: query.interval,
      namespace: resource.type.toLowerCase(),
      resourceregion: resource.location,
      value: metricValues(estate, resource, query),
    });
  });

  app.get("/:resource{.+}/providers/microsoft.insights/metricdefinitions", (c) => {
    const resource = findMeasured(`/${c.req.param("resource")}`);
    return c.json({
      value: metricsOfType(resource.type)!.map((metric) => ({
        id: `${resource.id}/providers/Microsoft.Insights/metricDefinitions/${metric.name}`,
        resourceId: resource.id,
        namespace: resource.type,
        name: { value: metric.name, localizedValue: metric.name },
        unit: metric.unit,
        primaryAggregationType: metric.primaryAggregation,
        supportedAggregationTypes: ["Average", "Minimum", "Maximum", "Total", "Count"],
        metricAvailabilities: [{ timeGrain: "PT1H", retention: "P93D" }],
      })),
    });
  });

  app.post("/subscriptions/:subscription/metrics:getbatch", async (c) => {
    const parsed = z
      .object({ resourceids: z.array(z.string()).min(1) })
      .safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw badRequest("The body must name resourceids.");
    const ids = parsed.data.resourceids;
    if (ids.length > maximumBatch) {
      throw badRequest(`The number of resources in the batch must not exceed ${maximumBatch}.`);
    }
    const prefix = `/subscriptions/${c.req.param("subscription")}/`;
    const foreign = ids.find((id) => !id.toLowerCase().startsWith(prefix));
    if (foreign !== undefined)
      throw badRequest(`The resource '${foreign}' is not in the subscription of the request.`);
    const namespace = c.req.query("metricnamespace")?.toLowerCase() ?? "";
    if (!metricsOfType(namespace)) {
      throw badRequest(`The metric namespace '${namespace}' is not supported.`);
    }
    const resources = ids.map(findMeasured);
    if (new Set(resources.map((resource) => resource.location.toLowerCase())).size > 1) {
      throw badRequest("All resources of a batch must be in the same region.");
    }
    const other = resources.find(({ type }) => type.toLowerCase() !== namespace);
    if (other) throw badRequest(`The resource '${other.id}' is not of the metric namespace '${namespace}'.`);
    const query = parseMetricQuery(c.req.query(), namespace, estate.now());
    return c.json({
      values: resources.map((resource) => ({
        starttime: iso(query.firstHour),
        endtime: iso(query.endHour),
        interval: query.interval,
        namespace: resource.type.toLowerCase(),
        resourceregion: resource.location,
        resourceid: resource.id,
        value: metricValues(estate, resource, query),
      })),
    });
  });

  function findMeasured(id: string): Resource {
    guard(estate, id, "Microsoft.Insights/metrics/read");
    const resource = estate.resource(id);
    if (!resource) throw new AzureError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
    if (!metricsOfType(resource.type)) {
      throw badRequest(`Failed to find metric configuration for resource type '${resource.type}'.`);
    }
    return resource;
  }
}

function iso(hour: number): string {
  return new Date(hour * 3_600_000).toISOString();
}
