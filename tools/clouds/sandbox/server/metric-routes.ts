import type { Hono } from "hono";
import { z } from "zod";
import { metricValues, parseMetricQuery } from "../metrics/query.ts";
import { vmMetrics } from "../metrics/vm-hour.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";

const maximumBatch = 50;
const vmType = "microsoft.compute/virtualmachines";

/** Monitor: metrics of one resource (Resource Manager) and of up to 50 at once (data plane). */
export function addMetricRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { estate } = sandbox;

  app.get("/:resource{.+}/providers/microsoft.insights/metrics", (c) => {
    const resource = findVm(`/${c.req.param("resource")}`);
    const query = parseMetricQuery(c.req.query(), estate.now());
    return c.json({
      cost: 0,
      timespan: `${iso(query.firstHour)}/${iso(query.endHour)}`,
      interval: query.interval,
      namespace: vmType,
      resourceregion: resource.location,
      value: metricValues(estate, resource, query),
    });
  });

  app.get("/:resource{.+}/providers/microsoft.insights/metricdefinitions", (c) => {
    const resource = findVm(`/${c.req.param("resource")}`);
    return c.json({
      value: vmMetrics.map((metric) => ({
        id: `${resource.id}/providers/Microsoft.Insights/metricDefinitions/${metric.name}`,
        resourceId: resource.id,
        namespace: "Microsoft.Compute/virtualMachines",
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
    const namespace = c.req.query("metricnamespace")?.toLowerCase();
    if (namespace !== vmType) throw badRequest(`The metric namespace '${namespace}' is not supported.`);
    const resources = ids.map(findVm);
    if (new Set(resources.map((resource) => resource.location.toLowerCase())).size > 1) {
      throw badRequest("All resources of a batch must be in the same region.");
    }
    const query = parseMetricQuery(c.req.query(), estate.now());
    return c.json({
      values: resources.map((resource) => ({
        starttime: iso(query.firstHour),
        endtime: iso(query.endHour),
        interval: query.interval,
        namespace: "Microsoft.Compute/virtualMachines",
        resourceregion: resource.location,
        resourceid: resource.id,
        value: metricValues(estate, resource, query),
      })),
    });
  });

  function findVm(id: string): Resource {
    const resource = estate.resource(id);
    if (!resource) throw new AzureError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
    if (resource.type.toLowerCase() !== vmType) {
      throw badRequest(`Failed to find metric configuration for resource type '${resource.type}'.`);
    }
    return resource;
  }
}

function iso(hour: number): string {
  return new Date(hour * 3_600_000).toISOString();
}
