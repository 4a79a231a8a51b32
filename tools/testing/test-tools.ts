import { randomUUID } from "node:crypto";
import type { Database } from "@cloudoptima/db/client.ts";
import { createOrganization } from "@cloudoptima/db/queries/organizations.ts";
import type { Logger } from "pino";
import { type AuditTrail, createAuditTrail } from "../audit/audit-trail.ts";
import { createAuditSeal } from "../audit/seal.ts";
import type { CredentialVault } from "../connections/credentials/credential-vault.ts";
import { createCredentialVault } from "../connections/credentials/credential-vault.ts";
import { makeKeyRing } from "../connections/credentials/key-ring.ts";
import { createEventHub, type EventHub } from "../events.ts";
import type { Actor } from "../kernel/actor.ts";
import { createBackgroundWork } from "../kernel/background-work.ts";
import type { WriteContext } from "../kernel/context.ts";
import { type ConnectCloud, createContext } from "../kernel/create-context.ts";
import type { AnyDefinition } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import type { Invoke } from "../kernel/invoke.ts";
import type { Role } from "../kernel/permissions.ts";
import type { Embedder } from "../knowledge/embedder.ts";
import { createLog } from "../log.ts";
import { definitions as allDefinitions } from "../registry.gen.ts";
import { createRuntime } from "../runtime.ts";
import { createMemoryHeads } from "./memory-heads.ts";

export interface TestOrganization {
  id: string;
  name: string;
}

export interface TestTools {
  invoke: Invoke;
  /** What definitions published. */
  events: EventHub;
  /** The real chain, with a key of the test's and its heads in memory. */
  audit: AuditTrail;
  /** A new organization; its name gets a suffix when it is taken. */
  createOrganization(name?: string): Promise<TestOrganization>;
  actor(organization: TestOrganization, role?: Role): Actor;
  /** A write context outside `invoke`, for testing what a definition's `run` is built from. */
  context(actor: Actor): WriteContext;
}

export interface TestToolsOptions {
  database: Database;
  /** The business clock: an ISO time, fixed. */
  now: string | (() => Temporal.Instant);
  /** Absent: this machine's clock. */
  realNow?: () => Date;
  definitions?: readonly AnyDefinition[];
  connectCloud?: ConnectCloud;
  /** Absent: one with a key of the test's. */
  vault?: CredentialVault;
  /** Absent: none, as without a model's key. */
  embedder?: Embedder;
  /** Absent: errors on stderr. */
  log?: Logger;
}

/** The real runtime over a test database: nothing of ours is replaced but the clock. */
export function createTestTools(options: TestToolsOptions): TestTools {
  const { database, now } = options;
  const fixed = typeof now === "string" ? Temporal.Instant.from(now) : undefined;
  const log = options.log ?? createLog({ level: "error" });
  const events = createEventHub({ log });
  const audit = createAuditTrail({
    database,
    seal: createAuditSeal(Buffer.from("the key of every test's audit log")),
    heads: createMemoryHeads(),
    store: "test",
  });
  const parts = {
    database,
    audit,
    events,
    now: typeof now === "function" ? now : () => fixed!,
    ...(options.realNow ? { realNow: options.realNow } : {}),
    log,
    connectCloud: options.connectCloud ?? refuseCloud,
    vault: options.vault ?? createTestVault(),
    embedder: options.embedder,
    background: createBackgroundWork(log),
  };
  const { invoke } = createRuntime(parts, options.definitions ?? allDefinitions);
  return {
    invoke,
    events,
    audit,
    async createOrganization(name = "Test") {
      const plain = { id: randomUUID(), name, demo: false, retentionExempt: false };
      if (await createOrganization(database, plain)) return { id: plain.id, name };
      const suffixed = { ...plain, name: `${name} ${plain.id.slice(0, 8)}` };
      await createOrganization(database, suffixed);
      return { id: suffixed.id, name: suffixed.name };
    },
    actor: (organization, role = "admin") => ({
      userId: randomUUID(),
      name: `Test ${role}`,
      organizationId: organization.id,
      organizationName: organization.name,
      role,
      via: "session",
    }),
    context: (actor) => createContext(parts, { actor, name: "test", input: {}, source: "worker" }, "write"),
  };
}

/** A vault with a key that every test knows; pass it to the clouds too. */
export function createTestVault(): CredentialVault {
  const ring = makeKeyRing("environment", ["the key of every test's credentials"]);
  return createCredentialVault(() => ring);
}

const refuseCloud: ConnectCloud = async () => {
  throw new AppError("unavailable", "This test has no cloud; pass connectCloud to createTestTools.");
};
