import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import { systemActor } from "../access/system-actor.ts";
import type { Invoke } from "../kernel/invoke.ts";
import { isBehind } from "./is-behind.ts";

export interface RefreshOptions {
  database: Database;
  demo: boolean;
  invoke: Invoke;
  /** What embeds, if anything does. */
  embeddingModel: string | undefined;
  log: Logger;
  signal: AbortSignal;
}

/** Brings every organization's knowledge up to date, where anything waits; a failure of one does not keep the others. */
export async function refreshHourly(options: RefreshOptions): Promise<void> {
  const { database, demo, invoke, embeddingModel, log, signal } = options;
  for (const organization of await visibleOrganizations(database, demo)) {
    if (signal.aborted) return;
    try {
      const behind = await withTenant(database, organization.id, { access: "read" }, (transaction) =>
        isBehind(transaction, embeddingModel),
      );
      if (!behind) continue;
      const actor = systemActor(organization);
      await invoke({ actor, name: "refresh_knowledge", input: {}, source: "worker", signal });
    } catch (err) {
      if (signal.aborted) return;
      log.warn({ err, organization: organization.name }, "knowledge stays as it was until the next hour");
    }
  }
}
