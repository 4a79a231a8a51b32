import { listDeliveredCosts } from "@cloudoptima/db/queries/cost-deliveries.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { readScans, type ScanStatus } from "../discovery/scan-status.ts";
import { defineTool } from "../kernel/define-tool.ts";
import type { View } from "../kernel/view.ts";
import { costLabel } from "./cost-labels.ts";
import { Day, Freshness } from "./cost-shapes.ts";
import { daysBetween, toFreshness } from "./coverage.ts";

const DataFreshness = z.object({
  freshness: Freshness,
  /** Days from the last day with cost to today; null without data. */
  ageDays: z.number().int().nullable(),
  rowCount: z.number().int(),
  isLoading: z.boolean().describe("A load is running now; its rows appear all at once when it is done"),
  scans: z
    .array(
      z.object({
        connection: z.string(),
        kind: z.string(),
        status: z.string(),
        startedAt: z.string(),
        endedAt: z.string().nullable(),
        took: z.object({ value: z.string(), unit: z.string() }).nullable(),
        resourceCount: z.number().int().nullable(),
        failureCount: z.number().int(),
        failures: z.array(z.string()).describe("What could not be read and what helps, at most 10"),
        notGranted: z
          .array(z.string())
          .describe("What nobody let it read, so that nothing is known of it; no failure; at most 10"),
      }),
    )
    .describe("The last scan of each connected cloud"),
  sources: z.array(
    z.object({
      connection: z.string(),
      kind: z.string(),
      provider: z.string().nullable(),
      label: z.string().nullable(),
      dataFrom: Day.nullable(),
      dataUntil: Day.nullable(),
      loadedAt: z.string().nullable(),
      rowCount: z.number().int(),
      deliveryCount: z.number().int(),
      files: z.array(z.string()).describe("Newest files or scopes that brought the data, at most 10"),
      isLoading: z.boolean(),
      status: z.string(),
    }),
  ),
});
type DataFreshness = z.infer<typeof DataFreshness>;

export default defineTool({
  name: "get_data_freshness",
  title: "How fresh the data is",
  description:
    "Which cost data there is: per connection its first and last day, when loaded, how many rows, from which files; the last scan of each cloud and what failed.",
  examples: [
    "How fresh is the data?",
    "until when do we have cost data",
    "which period does the data cover?",
    "when was AWS cost last updated",
    "is an import still running?",
    "what data sources do you have",
    "how many cost rows are loaded",
    "where do these numbers come from",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/freshness",
  input: z.object({}),
  output: DataFreshness,
  views: freshnessViews,
  async run(ctx) {
    const scans = lastScans(await readScans(ctx, { limit: 50 }));
    return ctx.read(async (transaction) => {
      const coverage = await readCostCoverage(transaction);
      const delivered = await listDeliveredCosts(transaction);
      const today = ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
      return {
        freshness: toFreshness(coverage),
        ageDays: coverage.dataUntil === null ? null : daysBetween(coverage.dataUntil, today),
        rowCount: delivered.reduce((count, { rowCount }) => count + rowCount, 0),
        isLoading: delivered.some(({ isLoading }) => isLoading),
        scans,
        sources: delivered.map((source) => ({
          connection: source.connectionName,
          kind: source.connectionKind,
          provider: source.provider,
          label: source.provider === null ? null : costLabel("provider", source.provider, null),
          dataFrom: source.dataFrom,
          dataUntil: source.dataUntil,
          loadedAt: source.loadedAt?.toISOString() ?? null,
          rowCount: source.rowCount,
          deliveryCount: source.deliveryCount,
          files: source.sources,
          isLoading: source.isLoading,
          status: source.status,
        })),
      };
    });
  },
});

/** Of each connection the newest. */
function lastScans(scans: readonly ScanStatus[]): DataFreshness["scans"] {
  const newest = [...Map.groupBy(scans, ({ connectionId }) => connectionId).values()].map(([scan]) => scan!);
  return newest.map(({ connectionName, kind, status, startedAt, endedAt, counts, failures, notGranted }) => ({
    connection: connectionName,
    kind,
    status,
    startedAt,
    endedAt,
    took:
      endedAt === null
        ? null
        : {
            value: Temporal.Instant.from(endedAt)
              .since(Temporal.Instant.from(startedAt))
              .total("seconds")
              .toFixed(1),
            unit: "seconds",
          },
    resourceCount: counts.resourceCount ?? null,
    failureCount: failures.length,
    failures: failures.slice(0, 10).map(inWords),
    notGranted: notGranted.slice(0, 10).map(inWords),
  }));
}

function inWords({
  stage,
  subscriptionName,
  resourceType,
  message,
  hint,
}: ScanStatus["failures"][number]): string {
  return [
    [stage, subscriptionName, resourceType].filter(Boolean).join(", "),
    `${message} ${hint ?? ""}`.trim(),
  ].join(": ");
}

function freshnessViews(output: DataFreshness): View[] {
  return [
    {
      type: "table",
      title: "Cost data",
      columns: [
        { key: "connection", label: "connection", format: "text" },
        { key: "provider", label: "provider", format: "text" },
        { key: "dataFrom", label: "from", format: "date" },
        { key: "dataUntil", label: "until", format: "date" },
        { key: "loadedAt", label: "loaded", format: "date" },
        { key: "rowCount", label: "rows", format: "count" },
      ],
      rows: output.sources.map((source) => ({
        connection: source.connection,
        provider: source.label,
        dataFrom: source.dataFrom,
        dataUntil: source.dataUntil,
        loadedAt: source.loadedAt,
        rowCount: source.rowCount,
      })),
      ...(output.isLoading && { note: "a load is running" }),
    },
  ];
}
