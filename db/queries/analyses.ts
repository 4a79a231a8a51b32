import type { TenantTransaction } from "../client.ts";
import type { AnalysisStatus } from "../schema.ts";

/** What an analysis found, beside what was open before it. */
export interface AnalysisFigures {
  newCount: number;
  fixedCount: number;
  openCount: number;
  byType: { type: string; newCount: number; fixedCount: number }[];
}

export interface StoredAnalysis extends AnalysisFigures {
  id: string;
  cause: "scan" | "request";
  status: AnalysisStatus;
  startedAt: Date;
  updatedAt: Date;
  endedAt: Date | null;
  subscriptionsDone: number;
  subscriptionsTotal: number;
  failure: string | null;
  /** The process that runs it. */
  runner: unknown;
}

export async function beginAnalysis(
  transaction: TenantTransaction,
  analysis: {
    id: string;
    organizationId: string;
    cause: "scan" | "request";
    at: Date;
    total: number;
    runner?: object;
  },
): Promise<void> {
  await transaction
    .insertInto("analyses")
    .values({
      id: analysis.id,
      organization_id: analysis.organizationId,
      cause: analysis.cause,
      status: "running",
      started_at: analysis.at,
      updated_at: analysis.at,
      subscriptions_total: analysis.total,
      by_type: "[]",
      runner: analysis.runner ? JSON.stringify(analysis.runner) : null,
    })
    .execute();
}

/** The sign that the process of a running analysis lives. */
export async function touchAnalysis(transaction: TenantTransaction, id: string, at: Date): Promise<void> {
  await transaction
    .updateTable("analyses")
    .set({ updated_at: at })
    .where("id", "=", id)
    .where("status", "=", "running")
    .execute();
}

/** Keeps how far an analysis is; also the sign that its process lives. */
export async function moveAnalysis(
  transaction: TenantTransaction,
  id: string,
  subscriptionsDone: number,
  at: Date,
): Promise<void> {
  await transaction
    .updateTable("analyses")
    .set({ subscriptions_done: subscriptionsDone, updated_at: at })
    .where("id", "=", id)
    .execute();
}

export async function endAnalysis(
  transaction: TenantTransaction,
  id: string,
  end: { status: "done" | "failed"; at: Date; figures?: AnalysisFigures; failure?: string },
): Promise<void> {
  const { status, at, figures, failure } = end;
  await transaction
    .updateTable("analyses")
    .set({
      status,
      updated_at: at,
      ended_at: at,
      failure: failure ?? null,
      ...(figures
        ? {
            new_count: figures.newCount,
            fixed_count: figures.fixedCount,
            open_count: figures.openCount,
            by_type: JSON.stringify(figures.byType),
          }
        : {}),
    })
    .where("id", "=", id)
    .execute();
}

/** Analyses, newest first. */
export async function listAnalyses(
  transaction: TenantTransaction,
  filter: { id?: string; cause?: StoredAnalysis["cause"]; limit: number },
): Promise<StoredAnalysis[]> {
  let query = transaction
    .selectFrom("analyses")
    .selectAll()
    .orderBy("started_at", "desc")
    .orderBy("id")
    .limit(filter.limit);
  if (filter.id) query = query.where("id", "=", filter.id);
  if (filter.cause) query = query.where("cause", "=", filter.cause);
  return (await query.execute()).map((row) => ({
    id: row.id,
    cause: row.cause,
    status: row.status,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
    subscriptionsDone: row.subscriptions_done,
    subscriptionsTotal: row.subscriptions_total,
    newCount: row.new_count,
    fixedCount: row.fixed_count,
    openCount: row.open_count,
    byType: row.by_type as StoredAnalysis["byType"],
    failure: row.failure,
    runner: row.runner,
  }));
}
