import { type ConnectionRow, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { listScans, type ScanRow } from "@cloudoptima/db/queries/scans.ts";
import { z } from "zod";
import type { ReadContext } from "../kernel/context.ts";
import { resourceTypeLabel } from "./resource-types.ts";
import { runningScan } from "./scan-lease.ts";
import { InventoryKind, ScanCounts, ScanFailure } from "./scan-result.ts";

/** A scan as it stands. */
export const ScanStatus = z.object({
  id: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  kind: InventoryKind,
  status: z
    .enum(["running", "done", "partial", "failed", "interrupted"])
    .describe("partial: see failures; interrupted: its process ended, and the next scan goes on from there"),
  resumes: z.string().nullable().describe("The interrupted scan that this one went on from"),
  startedAt: z.string(),
  updatedAt: z.string(),
  endedAt: z.string().nullable(),
  percent: z.number().int(),
  phases: z.array(
    z.object({ name: z.string(), done: z.number().int(), total: z.number().int().describe("Subscriptions") }),
  ),
  counts: z.object({
    ...ScanCounts.partial().shape,
    byType: z
      .array(z.object({ type: z.string(), label: z.string(), count: z.number().int() }))
      .optional()
      .describe("Resources that are known, by type"),
  }),
  failures: z.array(ScanFailure).describe("By subscription and stage; the rest landed"),
  notGranted: z
    .array(ScanFailure)
    .describe("What the identity was never let do, so that nothing is known of it; no failure of the scan"),
});
export type ScanStatus = z.infer<typeof ScanStatus>;

/** Scans, newest first; one whose process has died is told as interrupted before anybody has taken over. */
export async function readScans(
  ctx: ReadContext,
  filter: { id?: string; connectionName?: string | undefined; limit: number },
): Promise<ScanStatus[]> {
  return ctx.read(async (transaction) => {
    const connections = await listConnections(transaction);
    const wanted = filter.connectionName?.trim().toLowerCase();
    const named = connections.find(({ name }) => name.toLowerCase() === wanted);
    if (wanted !== undefined && !named) return [];
    const rows = await listScans(transaction, {
      id: filter.id,
      connectionId: named?.id,
      limit: filter.limit,
    });
    const running = new Set(connections.map((connection: ConnectionRow) => runningScan(connection)));
    return rows.map((row) => toStatus(row, running.has(row.id)));
  });
}

function toStatus(row: ScanRow, isRunning: boolean): ScanStatus {
  return {
    ...row,
    status: row.status === "running" && !isRunning ? "interrupted" : row.status,
    startedAt: row.startedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    counts: toCounts(row.counts),
    ...toShortcomings(row.failures as StoredFailure[]),
  };
}

type StoredFailure = ScanFailure & { notGranted?: boolean };

/** As the scan wrote them, in one list. */
function toShortcomings(stored: readonly StoredFailure[]): Pick<ScanStatus, "failures" | "notGranted"> {
  const all = stored.map(({ notGranted = false, ...failure }) => ({ notGranted, failure }));
  return {
    failures: all.filter(({ notGranted }) => !notGranted).map(({ failure }) => failure),
    notGranted: all.filter(({ notGranted }) => notGranted).map(({ failure }) => failure),
  };
}

/** As the scan wrote them, with what people call each type. */
function toCounts(stored: unknown): ScanStatus["counts"] {
  const { byType, ...counts } = stored as Omit<ScanStatus["counts"], "byType"> & {
    byType?: { type: string; count: number }[];
  };
  if (!byType) return counts;
  return { ...counts, byType: byType.map((row) => ({ ...row, label: resourceTypeLabel(row.type) })) };
}
