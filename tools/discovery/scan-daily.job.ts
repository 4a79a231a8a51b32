import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { type ConnectionRow, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import { systemActor } from "../access/system-actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { Invoke } from "../kernel/invoke.ts";
import { runningScan } from "./scan-lease.ts";

export interface ScanDailyOptions {
  database: Database;
  demo: boolean;
  invoke: Invoke;
  now(): Temporal.Instant;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Scans every connected cloud whose last scan is of an earlier UTC day (a day's costs are whole after it), and goes
 * on with a scan whose process died.
 */
export async function scanDaily(options: ScanDailyOptions): Promise<void> {
  const { database, invoke, log, signal } = options;
  for (const organization of await visibleOrganizations(database, options.demo)) {
    const due = await withTenant(database, organization.id, { access: "read" }, async (transaction) => {
      const connections = await listConnections(transaction);
      const died = new Set<string>();
      for (const { id, settings } of connections) {
        const [latest] = await listScans(transaction, { connectionId: id, limit: 1 });
        if (latest && hasDied(latest, runningScan({ settings }))) died.add(id);
      }
      return connections.filter(
        (connection) =>
          isDue(connection, options.now()) ||
          (connection.status !== "disconnected" && died.has(connection.id)),
      );
    });
    for (const connection of due) {
      if (signal.aborted) return;
      const input = { connectionName: connection.name };
      try {
        await invoke({ actor: systemActor(organization), name: "scan", input, source: "worker", signal });
      } catch (error) {
        if (signal.aborted) return;
        // "conflict" is another process scanning it already, which is as good.
        const level = AppError.from(error).code === "conflict" ? "debug" : "warn";
        log[level]({ err: error, connection: connection.name }, "the daily scan failed");
      }
    }
  }
}

/**
 * Due: scanned once (a person connects and scans first), and not yet today. One that is more than a day ahead was dated
 * by a clock that ran wrong, and would keep every scan away until then.
 */
export function isDue(
  { kind, status, lastSync }: Pick<ConnectionRow, "kind" | "status" | "lastSync">,
  now: Temporal.Instant,
): boolean {
  if (kind === "focus" || status === "disconnected" || !lastSync) return false;
  const dayOf = (at: { toString(): string }) => at.toString().slice(0, 10);
  const at = lastSync.toTemporalInstant();
  return dayOf(at) < dayOf(now) || Temporal.Instant.compare(at, now.add({ hours: 24 })) > 0;
}

/** Nobody runs it any more. One that went on from a dead one and died too would kill this process as well. */
function hasDied(
  { id, status, resumes }: { id: string; status: string; resumes: string | null },
  running: string | null,
): boolean {
  return status === "running" && running !== id && resumes === null;
}
