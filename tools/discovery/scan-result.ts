import { z } from "zod";

/** One thing that did not work; the rest of the scan landed. */
export const ScanFailure = z.object({
  subscriptionId: z.string().nullable(),
  subscriptionName: z.string().nullable(),
  stage: z.enum(["subscriptions", "inventory", "costs", "metrics"]),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type ScanFailure = z.infer<typeof ScanFailure>;

export const ConnectionScan = z.object({
  connectionName: z.string(),
  status: z.enum(["done", "partial", "failed"]),
  subscriptionCount: z.number().int(),
  resourceCount: z.number().int(),
  goneCount: z.number().int().describe("Resources that were there before and are not any more"),
  costMonthCount: z.number().int().describe("Billing months read, over all subscriptions"),
  costRowCount: z.number().int(),
  metricPointCount: z.number().int(),
  failures: z.array(ScanFailure),
});
export type ConnectionScan = z.infer<typeof ConnectionScan>;
