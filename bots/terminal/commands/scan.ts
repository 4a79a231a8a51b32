import type { ConnectionScan } from "@cloudoptima/tools/discovery/scan-result.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { formatCount } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { call, operator, type Terminal, untilDataIsReady } from "../terminal.ts";

/** Reads the connected clouds again; what failed is said, and a partial scan fails the command after its report. */
export async function scan(terminal: Terminal, options: { organization?: string }): Promise<void> {
  const actor = await operator(terminal, options.organization);
  // The first start scans by itself; two scans of one cloud at once would share its quota.
  await untilDataIsReady(terminal);
  const { output } = await call(terminal, actor, "scan", {});
  const { connections, recommendations } = output as {
    connections: ConnectionScan[];
    recommendations: { openCount: number; newCount: number; expiredCount: number };
  };
  for (const connection of connections) terminal.print(`${describeConnection(connection)}\n`);
  terminal.print(
    `${formatCount(recommendations.openCount)} open recommendations, ${formatCount(recommendations.newCount)} new, ` +
      `${formatCount(recommendations.expiredCount)} no longer apply\n`,
  );
  for (const { message } of connections.flatMap(({ notGranted }) => notGranted)) {
    terminal.print(`Not looked for: ${singleLine(message)}\n`);
  }
  const failures = connections.flatMap((connection) => connection.failures);
  if (failures.length > 0) {
    throw new AppError(
      "unavailable",
      `Parts of the scan failed: ${failures.map(describeFailure).join("; ")}.`,
      {
        hint: "The rest was kept; scan again to fill the gaps.",
      },
    );
  }
}

function describeConnection(connection: ConnectionScan): string {
  const counts = [
    `${formatCount(connection.subscriptionCount)} subscriptions`,
    `${formatCount(connection.resourceCount)} resources (${formatCount(connection.goneCount)} gone)`,
    `${formatCount(connection.costRowCount)} cost rows of ${formatCount(connection.costMonthCount)} billing months`,
    `${formatCount(connection.metricPointCount)} metric points`,
  ];
  return `${singleLine(connection.connectionName)} (${connection.status}): ${counts.join(", ")}`;
}

function describeFailure(failure: ConnectionScan["failures"][number]): string {
  const where = failure.subscriptionName ?? failure.subscriptionId;
  return `${failure.stage}${where ? ` of ${where}` : ""}: ${failure.message}`;
}
