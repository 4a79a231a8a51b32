import { randomUUID } from "node:crypto";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CredentialVault } from "../connections/credentials/credential-vault.ts";
import type { EventHub } from "../events.ts";
import type { Embedder } from "../knowledge/embedder.ts";
import type { BackgroundWork } from "./background-work.ts";
import type { WriteContext } from "./context.ts";
import type { AnyDefinition } from "./define-tool.ts";
import type { InvokeRequest } from "./invoke.ts";

/** Opens the read half of the cloud behind one of the organization's connections. */
export type ConnectCloud = (request: {
  connectionId: string;
  /** Reads the connection's row as the tenant. */
  read: WriteContext["read"];
  now: WriteContext["now"];
  log: Logger;
}) => Promise<CloudRead>;

export interface ContextParts {
  database: Database;
  now(): Temporal.Instant;
  /** Absent: this machine's clock. */
  realNow?(): Date;
  log: Logger;
  connectCloud: ConnectCloud;
  audit: AuditTrail;
  vault: CredentialVault;
  background: BackgroundWork;
  /** Absent: texts are compared by their words alone. */
  embedder?: Embedder | undefined;
  events: Pick<EventHub, "publish">;
}

/** The context of one call, bound to the actor's organization. For effect "read" writing is impossible. */
export function createContext(
  parts: ContextParts,
  request: InvokeRequest,
  effect: AnyDefinition["effect"],
): WriteContext {
  const { actor, onProgress } = request;
  const fixed = request.now;
  const now = fixed ? () => fixed : parts.now;
  const log = parts.log.child({ action: request.name, organizationId: actor.organizationId });
  const { organizationId } = actor;
  const requireWrite = () => {
    if (effect === "read") throw new Error(`${request.name} declares effect "read" but writes.`);
  };
  const read: WriteContext["read"] = async (work) => {
    // Nobody waits for a cancelled answer, but others do for the database. A write may have to tidy up after it.
    if (effect === "read") request.signal?.throwIfAborted();
    return withTenant(parts.database, actor.organizationId, { access: "read" }, work);
  };
  return {
    actor,
    source: request.source,
    now,
    realNow: parts.realNow ?? (() => new Date()),
    read,
    write(work) {
      requireWrite();
      return withTenant(parts.database, actor.organizationId, { access: "write" }, work);
    },
    credentials: {
      async seal(connectionId, principal) {
        requireWrite();
        return parts.vault.seal({ organizationId, connectionId }, principal);
      },
      async reseal(connectionId, envelope) {
        requireWrite();
        return parts.vault.reseal({ organizationId, connectionId }, envelope);
      },
    },
    background(what, work) {
      requireWrite();
      parts.background.start(what, work);
    },
    publish: (event) => parts.events.publish(actor.organizationId, event),
    verifyAudit: () => parts.audit.verify(actor.organizationId),
    cloud: (connectionId) => parts.connectCloud({ connectionId, read, now, log }),
    embedder: parts.embedder ?? null,
    newId: randomUUID,
    log,
    signal: request.signal ?? new AbortController().signal,
    progress: (progress) => onProgress?.(progress),
  };
}
