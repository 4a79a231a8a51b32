import { z } from "zod";

/** One thing that did not work; the rest of the scan landed. */
export const ScanFailure = z.object({
  subscriptionId: z.string().nullable(),
  subscriptionName: z.string().nullable(),
  stage: z.enum(["subscriptions", "inventory", "changes", "costs", "metrics", "prices"]),
  resourceType: z
    .string()
    .nullable()
    .describe("Of which type something is missing; null: not about one type"),
  months: z.array(z.string()).describe("Billing months (YYYY-MM) whose costs could not be read"),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type ScanFailure = z.infer<typeof ScanFailure>;

export const ScanCounts = z.object({
  resourceCount: z.number().int().describe("All that there are, also where only what changed was read"),
  readCount: z.number().int().describe("Resources that were read"),
  goneCount: z.number().int().describe("Resources that were there before and are not any more"),
  costMonthCount: z.number().int().describe("Billing months read, over all subscriptions"),
  costRowCount: z.number().int(),
  metricPointCount: z.number().int(),
});
export type ScanCounts = z.infer<typeof ScanCounts>;

export const InventoryKind = z
  .enum(["full", "incremental"])
  .describe("incremental: of the inventory only what changed was read, in every subscription");

export const ConnectionScan = z.object({
  scanId: z.string(),
  connectionName: z.string(),
  kind: InventoryKind,
  status: z.enum(["done", "partial", "failed"]),
  subscriptionCount: z.number().int(),
  ...ScanCounts.shape,
  failures: z.array(ScanFailure),
  notGranted: z
    .array(ScanFailure)
    .describe("What the identity was never let do, so that nothing is known of it; no failure of the scan"),
});
export type ConnectionScan = z.infer<typeof ConnectionScan>;
