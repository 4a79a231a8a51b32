import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listAnalyses } from "@cloudoptima/db/queries/analyses.ts";
import { listRuns } from "@cloudoptima/db/queries/assessments.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { readLastSeen } from "@cloudoptima/db/queries/resources.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import type { DataState } from "./report-content.ts";

// Enough to find the last one that ended behind those that failed or run.
const latest = 50;

/** What there is to report from, as one moment sees it. */
export async function readDataState(transaction: TenantTransaction): Promise<DataState> {
  const { dataFrom, dataUntil, loadedAt } = await readCostCoverage(transaction);
  const scan = (await listScans(transaction, { limit: latest })).find(
    ({ status }) => status === "done" || status === "partial",
  );
  const analysis = (await listAnalyses(transaction, { limit: latest })).find(
    ({ status }) => status === "done",
  );
  const [assessment] = await listRuns(transaction, 1);
  return {
    costs: dataFrom && dataUntil ? { dataFrom, dataUntil, loadedAt: loadedAt?.toISOString() ?? null } : null,
    // Scans are forgotten after a while; what they saw is not.
    inventory: at(scan?.endedAt ?? (await readLastSeen(transaction))),
    analysis: at(analysis?.endedAt),
    assessment: at(assessment?.ranAt),
  };
}

function at(time: Date | null | undefined): { at: string } | null {
  return time ? { at: time.toISOString() } : null;
}
