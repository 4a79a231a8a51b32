import { z } from "zod";
import { metricKinds } from "./metric-words.ts";

/** A value in the unit that people read it in: "percent", "count", "GiB", "MiB/s", "per second". */
const Measured = z.object({ value: z.string(), unit: z.string() });
const MeasuredAt = z.object({
  value: z.string(),
  unit: z.string(),
  at: z.string().describe("The hour's start"),
});

export const ResourceMetrics = z.object({
  id: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  interval: z.enum(["hour", "day"]).describe("Of the points"),
  spanHours: z.number().int(),
  measuredUntil: z.string().nullable().describe("Start of the last hour with a value; null: none has any"),
  series: z
    .array(
      z.object({
        metric: z.string(),
        label: z.string(),
        kind: z.enum(metricKinds),
        aggregation: z.string().describe("average, maximum or total of the hour"),
        unit: z.string().describe("Of the points"),
        measuredHours: z.number().int().describe("Of spanHours; the others are gaps"),
        average: Measured,
        p95: Measured.describe("95 of 100 hours are not above it"),
        highest: MeasuredAt,
        lowest: MeasuredAt,
        total: Measured.nullable().describe("Of all hours, where the hours are totals"),
        points: z.array(
          z.object({
            time: z.string(),
            value: z.number(),
            hourCount: z.number().int().optional().describe("Measured hours of the day"),
          }),
        ),
      }),
    )
    .describe("Empty where nothing was measured"),
});
export type MetricsOutput = z.infer<typeof ResourceMetrics>;
