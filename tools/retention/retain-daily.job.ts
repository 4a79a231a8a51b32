import type { Database } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import { systemActor } from "../access/system-actor.ts";
import type { Invoke } from "../kernel/invoke.ts";

export interface RetainDailyOptions {
  database: Database;
  demo: boolean;
  invoke: Invoke;
  log: Logger;
  signal: AbortSignal;
}

/** Removes what is past its time in every organization; a failure of one does not keep the others. */
export async function retainDaily({
  database,
  demo,
  invoke,
  log,
  signal,
}: RetainDailyOptions): Promise<void> {
  for (const organization of await visibleOrganizations(database, demo)) {
    if (signal.aborted) return;
    try {
      const actor = systemActor(organization);
      await invoke({ actor, name: "apply_retention", input: {}, source: "worker", signal });
    } catch (err) {
      if (signal.aborted) return;
      log.warn({ err, organization: organization.name }, "what is past its time stays until tomorrow");
    }
  }
}
