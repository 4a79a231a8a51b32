import type { ResourceDetails } from "@cloudoptima/db/queries/resource-details.ts";
import { z } from "zod";
import type { HourlyPoints } from "./summarize-metric.ts";

const Requests = z.object({ cpu: z.number().nonnegative(), memoryInGB: z.number().nonnegative() });
const Containers = z
  .array(z.object({ properties: z.object({ resources: z.object({ requests: Requests }) }) }))
  .nonempty();

// Azure writes GB and means what a container's limit is counted in.
const bytesPerGb = 1024 ** 3;

const measures = [
  {
    of: "cpu_millicores",
    as: "cpu_percent",
    label: "CPU of what it requests",
    request: ({ cpu }: z.infer<typeof Requests>) => cpu * 1000,
  },
  {
    of: "memory_used_bytes",
    as: "memory_percent",
    label: "Memory of what it requests",
    request: ({ memoryInGB }: z.infer<typeof Requests>) => memoryInGB * bytesPerGb,
  },
] as const;

/**
 * Processor and memory of a group of containers as percentages of what its containers request together; over 100 where
 * limits let them use more. Nothing where what they request is not known: a share of a guess would be one.
 */
export function sharesOfRequests(
  { properties }: Pick<ResourceDetails, "properties">,
  stored: readonly HourlyPoints[],
): HourlyPoints[] {
  const { success, data: containers } = Containers.safeParse(properties.containers);
  if (!success) return [];
  return stored.flatMap((series) => {
    const measure = measures.find(({ of }) => of === series.metric);
    if (!measure) return [];
    const requested = containers.reduce(
      (sum, container) => sum + measure.request(container.properties.resources.requests),
      0,
    );
    if (requested === 0) return [];
    return {
      metric: measure.as,
      label: measure.label,
      aggregation: series.aggregation,
      unit: "percent",
      points: series.points.map(({ time, value }) => ({ time, value: (100 * value) / requested })),
    };
  });
}
