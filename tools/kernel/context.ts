import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import type { AuditReport } from "../audit/check-audit.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { StoredPrincipal } from "../connections/credentials/credential-vault.ts";
import type { Embedder } from "../knowledge/embedder.ts";
import type { Actor, Source } from "./actor.ts";
import type { UpdateEvent } from "./update-event.ts";

/** Progress of long work, for faces to show. `total` is absent while unknown. */
export interface Progress {
  message: string;
  done?: number;
  total?: number;
  unit?: string;
}

/** What a definition's `run` may touch. Everything that varies (clock, ids, clouds) comes in through here. */
export interface ReadContext {
  actor: Actor;
  /** Through which door the call came. */
  source: Source;
  /** The business clock: periods, freshness, sandbox. Expiry and signatures use the real clock instead. */
  now(): Temporal.Instant;
  /** The real clock: expiry, retention and signatures never follow a moved business clock. */
  realNow(): Date;
  /** Runs a short READ ONLY transaction bound to the actor's organization. */
  read<Result>(work: (transaction: TenantTransaction) => Promise<Result>): Promise<Result>;
  /** The read half of the cloud behind a connection. */
  cloud(connectionId: string): Promise<CloudRead>;
  /** Checks the organization's audit log against its key and this host's file of heads. */
  verifyAudit(): Promise<AuditReport>;
  /** Null: texts are compared by their words alone. */
  embedder: Embedder | null;
  newId(): string;
  log: Logger;
  signal: AbortSignal;
  progress(progress: Progress): void;
}

/** For definitions that change our own data (never a cloud). */
export interface WriteContext extends ReadContext {
  write<Result>(work: (transaction: TenantTransaction) => Promise<Result>): Promise<Result>;
  /** Encrypts a connection's credentials for the database. Nothing here decrypts: only opening a cloud does. */
  credentials: {
    seal(connectionId: string, principal: StoredPrincipal): Promise<string>;
    /** Under the key that writes now; null when they are already. */
    reseal(connectionId: string, envelope: string): Promise<string | null>;
  };
  /** Runs long work after the answer; the end of the process stops it by its signal. */
  background(what: string, work: (signal: AbortSignal) => Promise<unknown>): void;
  /** Tells whoever watches the organization; call it after the write it speaks of. */
  publish(event: UpdateEvent): void;
}
