import { hostname } from "node:os";
import {
  endScanLease,
  holdsScanLease,
  lockScanLease,
  renewScanLease,
  type ScanLease,
  writeScanLease,
} from "@cloudoptima/db/queries/scan-leases.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { withHeartbeat } from "../kernel/with-heartbeat.ts";

const leaseMs = 3 * 60_000;
const renewMs = 20_000;
// A person who ends a connection expects that nothing is read through it any more.
const lookMs = 1_000;
const runningHere = new Set<string>();

/**
 * Runs `scan` as the only scan of a connection, in this process and any other on the database. A lease whose
 * process is gone is taken over at once, so that a crash does not lock a connection.
 * Throws conflict while another scan runs. Its signal stops the scan when somebody ends the connection, or when the
 * lease is another's by now: this process slept, or could not reach the database, for longer than the lease holds.
 */
export async function withScanLease<Result>(
  ctx: WriteContext,
  connection: { id: string; name: string; scanId?: string },
  scan: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lease = { scanId: connection.scanId ?? ctx.newId(), host: hostname(), pid: process.pid };
  // Before the lease can be seen: who sees it in between would take this process for gone from it.
  runningHere.add(lease.scanId);
  try {
    await takeLease(ctx, connection, lease);
  } catch (error) {
    runningHere.delete(lease.scanId);
    throw error;
  }
  const lost = new AbortController();
  let renewedAt = performance.now();
  const look = async () => {
    const isRenewal = performance.now() - renewedAt >= renewMs;
    if (isRenewal) renewedAt = performance.now();
    const holds = isRenewal
      ? await ctx.write((transaction) =>
          renewScanLease(transaction, connection.id, { ...lease, until: leaseEnd() }),
        )
      : await ctx.read((transaction) => holdsScanLease(transaction, connection.id, lease.scanId));
    if (!holds) lost.abort(lostLease(connection.name));
  };
  const signal = AbortSignal.any([ctx.signal, lost.signal]);
  try {
    return await withHeartbeat(look, () => scan(signal), ctx.log, lookMs);
  } finally {
    runningHere.delete(lease.scanId);
    await ctx.write((transaction) => endScanLease(transaction, connection.id, lease.scanId));
  }
}

async function takeLease(
  ctx: WriteContext,
  connection: { id: string; name: string },
  lease: Omit<ScanLease, "until">,
): Promise<void> {
  await ctx.write(async (transaction) => {
    const current = await lockScanLease(transaction, connection.id);
    if (current && isAlive(current)) {
      throw new AppError("conflict", `A scan of ${connection.name} is already running.`, {
        hint: "Wait until it ends; its results will be there for everyone.",
      });
    }
    const until = leaseEnd();
    if (!(await writeScanLease(transaction, connection.id, { ...lease, until }))) {
      throw lostLease(connection.name);
    }
  });
}

function lostLease(name: string): AppError {
  return new AppError("conflict", `${name} was disconnected, or is scanned by another process by now.`, {
    hint: "What was read before stays.",
  });
}

/** Id of the scan that runs on a connection now, in any process; null for none. */
export function runningScan({ settings }: { settings: Record<string, unknown> }): string | null {
  const lease = settings.scanLease as ScanLease | undefined;
  return lease && isAlive(lease) ? lease.scanId : null;
}

// Leases run on the real clock: they are about processes, not about business days.
function leaseEnd(): string {
  return new Date(Date.now() + leaseMs).toISOString();
}

function isAlive(lease: ScanLease): boolean {
  if (Date.parse(lease.until) < Date.now()) return false;
  if (lease.host !== hostname()) return true;
  if (lease.pid === process.pid) return runningHere.has(lease.scanId);
  try {
    process.kill(lease.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
