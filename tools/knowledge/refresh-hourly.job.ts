import { randomUUID } from "node:crypto";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import type { Embedder } from "./embedder.ts";
import { type RefreshContext, refreshKnowledge } from "./refresh-knowledge.ts";

export interface RefreshOptions {
  database: Database;
  demo: boolean;
  embedder: Embedder | undefined;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Brings every organization's knowledge up to date; a failure of one does not keep the others. No act of anybody's, and
 * nothing of theirs changes: it is not audited, as a person's asking for it is.
 */
export async function refreshHourly({
  database,
  demo,
  embedder,
  log,
  signal,
}: RefreshOptions): Promise<void> {
  for (const organization of await visibleOrganizations(database, demo)) {
    if (signal.aborted) return;
    await refreshOrganization({ database, embedder, log, signal }, organization);
  }
}

/** One organization's knowledge; that it failed is told to the log, and the next hour tries again. */
export async function refreshOrganization(
  { database, embedder, log, signal }: Omit<RefreshOptions, "demo">,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const ctx: RefreshContext = {
    read: (work) => withTenant(database, id, { access: "read" }, work),
    write: (work) => withTenant(database, id, { access: "write" }, work),
    realNow: () => new Date(),
    newId: randomUUID,
    embedder: embedder ?? null,
    signal,
    progress: () => {},
  };
  try {
    await refreshKnowledge(ctx);
  } catch (err) {
    if (signal.aborted) return;
    log.warn({ err, organization: name }, "knowledge stays as it was until the next hour");
  }
}
