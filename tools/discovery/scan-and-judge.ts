import { writeLastScan } from "@cloudoptima/db/queries/connections.ts";
import { runAssessment } from "../assessment/run-assessment.ts";
import type { WriteContext } from "../kernel/context.ts";
import { evaluatePolicies } from "../policies/evaluate-policies.ts";
import { type Analysis, runAnalysis } from "../recommendations/run-analysis.ts";
import { type ConnectionToScan, scanConnection } from "./scan-connection.ts";
import type { ConnectionScan } from "./scan-result.ts";

// What a page shows of a scan's failures; the log has all of them.
const keptFailures = 20;

/** Reads one connection, keeps how it went, and judges what it brought: recommendations, policies, assessment. */
export async function scanAndJudge(
  ctx: WriteContext,
  connection: ConnectionToScan,
): Promise<{ result: ConnectionScan; renewed: Analysis }> {
  const scanned = await scanConnection(ctx, connection);
  const { status, failures, notGranted } = scanned.result;
  await ctx.write((transaction) =>
    writeLastScan(transaction, connection.id, {
      at: ctx.realNow().toISOString(),
      status,
      failures: failures.slice(0, keptFailures).map(toKept),
      notGranted: notGranted.slice(0, keptFailures).map(toKept),
    }),
  );
  ctx.progress({ message: `${connection.name}: recommendations` });
  const renewed = await runAnalysis(ctx, {
    id: ctx.newId(),
    cause: "scan",
    subscriptionIds: scanned.inventoried,
    measured: scanned.measured,
  });
  await evaluatePolicies(ctx);
  announceNew(ctx, connection.name, renewed.newIds);
  ctx.progress({ message: `${connection.name}: Well-Architected assessment` });
  // After the recommendations: some checks ask whether one is open.
  await runAssessment(ctx);
  return { result: scanned.result, renewed };
}

function toKept({ subscriptionName, stage, message, hint }: ConnectionScan["failures"][number]) {
  return { subscriptionName, stage, message, hint };
}

function announceNew(ctx: WriteContext, connectionName: string, newIds: readonly string[]): void {
  const count = newIds.length;
  if (count === 0) return;
  ctx.publish({ type: "recommendation_created", data: { connectionName, count, ids: newIds.slice(0, 50) } });
}
