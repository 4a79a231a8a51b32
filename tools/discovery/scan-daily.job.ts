import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { type ConnectionRow, listConnections } from "@cloudoptima/db/queries/connections.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import { systemActor } from "../access/system-actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { Invoke } from "../kernel/invoke.ts";

export interface ScanDailyOptions {
  database: Database;
  demo: boolean;
  invoke: Invoke;
  now(): Temporal.Instant;
  log: Logger;
  signal: AbortSignal;
}

/** Scans every connected cloud whose last scan is of an earlier UTC day: a day's costs are whole after it. */
export async function scanDaily(options: ScanDailyOptions): Promise<void> {
  const { database, invoke, log, signal } = options;
  for (const organization of await visibleOrganizations(database, options.demo)) {
    const connections = await withTenant(database, organization.id, { access: "read" }, listConnections);
    for (const connection of connections.filter((candidate) => isDue(candidate, options.now()))) {
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

/** Due: scanned once (a person connects and scans first), and not yet today. */
export function isDue(
  { kind, status, lastSync }: Pick<ConnectionRow, "kind" | "status" | "lastSync">,
  now: Temporal.Instant,
): boolean {
  if (kind === "focus" || status === "disconnected" || !lastSync) return false;
  return lastSync.toISOString().slice(0, 10) < now.toString().slice(0, 10);
}
