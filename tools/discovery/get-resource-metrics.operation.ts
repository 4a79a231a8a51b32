import { readMetricSeries } from "@cloudoptima/db/queries/resource-details.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ResourceId, requireResource } from "./require-resource.ts";

export default defineOperation({
  name: "get_resource_metrics",
  title: "Metrics of a resource",
  description: "Hourly usage of one resource as the cloud measured it: CPU, network and what else was read.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}/metrics",
  input: z.object({
    id: ResourceId,
    metric: z.string().max(100).optional().describe("Only this one, e.g. cpu_percent"),
    days: z.number().int().min(1).max(31).default(7).describe("Up to now"),
  }),
  output: z.object({
    from: z.string(),
    to: z.string(),
    series: z
      .array(
        z.object({
          metric: z.string(),
          aggregation: z.string().describe("average, maximum or total of the hour"),
          unit: z.string(),
          points: z.array(z.object({ time: z.string(), value: z.number() })),
        }),
      )
      .describe("Empty where nothing was measured"),
  }),
  async run(ctx, { id, metric, days }) {
    const to = ctx.now();
    const span = { from: to.subtract({ hours: 24 * days }), to };
    const dates = {
      from: new Date(span.from.epochMilliseconds),
      to: new Date(span.to.epochMilliseconds),
    };
    return ctx.read(async (transaction) => {
      const resource = await requireResource(transaction, id);
      const series = await readMetricSeries(transaction, resource.id, { ...dates, metric });
      return { from: span.from.toString(), to: span.to.toString(), series };
    });
  },
});
