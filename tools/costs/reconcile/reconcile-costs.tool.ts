import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { readConnectionCosts } from "@cloudoptima/db/queries/cost-reconciliation.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { defineTool } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import type { View } from "../../kernel/view.ts";
import { lastWholeMonth } from "../cost-question.ts";
import { earlier, periodInWords } from "../coverage.ts";
import { PeriodInput } from "../period-input.ts";
import { resolvePeriod } from "../period-words.ts";
import { worstVerdict } from "./compare-totals.ts";
import { reconcileConnection } from "./reconcile-connection.ts";
import { type ReconciledConnection, Reconciliation } from "./reconcile-shapes.ts";

export default defineTool({
  name: "reconcile_costs",
  title: "Reconcile costs",
  description:
    "Compares stored cost with the provider's own total, asked anew, or with the imported files' totals: per connection, currency, day and service, with difference and verdict.",
  examples: [
    "does our cost tie out with Azure?",
    "reconcile October 2026",
    "what is the difference between our stored cost and Azure's total, reconciled?",
    "is the cost data complete compared with Azure's own total",
    "reconcile our costs with the provider",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/reconciliation",
  input: z.object({
    period: PeriodInput.optional().describe("A quarter at most"),
    connection: z.string().optional().describe("Name; default: all"),
    costKind: z.enum(["billed", "effective"]).default("billed").describe("Of the lines by day and service"),
  }),
  output: Reconciliation,
  views: ({ connections }) => connections.flatMap(connectionViews),
  async run(ctx, input) {
    const today = ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
    const { period, chosen } = await ctx.read(async (transaction) => {
      const data = await readCostCoverage(transaction);
      const asked = input.period ? resolvePeriod(input.period, ctx.now()) : lastWholeMonth(data);
      // Today's costs are not complete anywhere.
      const days = { start: asked.start, end: earlier(asked.end, today) };
      if (days.start >= days.end) {
        throw new AppError("no_data", `There is no complete day in ${periodInWords(asked)} yet.`, {
          hint: "Ask for days before today.",
        });
      }
      const all = await listConnections(transaction);
      const named = input.connection?.trim().toLowerCase();
      const known = all.filter(({ name }) => named === undefined || name.toLowerCase() === named);
      if (known.length === 0) {
        throw new AppError("not_found", `There is no connection named "${input.connection ?? ""}".`, {
          hint: `Connections: ${all.map(({ name }) => name).join(", ") || "none"}.`,
        });
      }
      const withCosts = [];
      for (const connection of known) {
        const { lastDay } = await readConnectionCosts(transaction, connection.id, days);
        if (lastDay || named !== undefined) withCosts.push(connection);
      }
      return { period: days, chosen: withCosts };
    });
    if (chosen.length === 0) {
      throw new AppError("no_data", `There is no stored cost for ${periodInWords(period)}.`, {
        hint: "Ask how fresh the data is, or scan first.",
      });
    }
    const connections: ReconciledConnection[] = [];
    for (const connection of chosen) {
      connections.push(await reconcileConnection(ctx, connection, period, input.costKind));
    }
    const verdict = worstVerdict(connections.map((connection) => connection.verdict));
    return { period, costKind: input.costKind, verdict, connections };
  },
});

const verdictWords = {
  to_the_cent: "to the cent",
  within_1_percent: "within 1 %",
  differs: "differs",
  unknown: "not compared",
};

function connectionViews(connection: ReconciledConnection): View[] {
  const columns = (label: string): Extract<View, { type: "table" }>["columns"] => [
    { key: "of", label, format: "text" },
    { key: "stored", label: "stored", format: "money" },
    {
      key: "provider",
      label: connection.comparedWith === "provider_now" ? "provider" : "files",
      format: "money",
    },
    { key: "difference", label: "difference", format: "money" },
    { key: "verdict", label: "verdict", format: "text" },
  ];
  const currencies = [...new Set(connection.totals.map(({ currency }) => currency))];
  return currencies.flatMap((currency): View[] => {
    const lines = <Row extends ReconciledConnection["days" | "services" | "totals"][number]>(
      rows: readonly Row[],
      name: (row: Row) => string,
    ) =>
      rows
        .filter((row) => row.currency === currency)
        .map((row) => ({
          of: name(row),
          stored: row.stored.value,
          provider: row.provider.value,
          difference: row.difference.value,
          verdict: verdictWords[row.verdict],
        }));
    return [
      {
        type: "table",
        title: `Reconciliation of ${connection.connection}`,
        currency,
        columns: columns("cost"),
        rows: [
          ...lines(connection.totals, ({ costKind }) => `total ${costKind}`),
          ...lines(connection.services, ({ service }) => service || "(none)"),
        ],
        ...(connection.notes.length > 0 ? { note: connection.notes.join(" ") } : {}),
      },
      {
        type: "table",
        title: `Reconciliation of ${connection.connection} by day`,
        currency,
        columns: columns("day"),
        rows: lines(connection.days, ({ day }) => day),
      },
    ];
  });
}
