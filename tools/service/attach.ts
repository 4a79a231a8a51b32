import type { Database } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { z } from "zod";
import type { Clouds } from "../clouds/open-clouds.ts";
import type { CredentialVault } from "../connections/credentials/credential-vault.ts";
import type { ToolsSettings } from "../env.ts";
import type { EventHub } from "../events.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import type { Invoke } from "../kernel/invoke.ts";

/** What the owner of the data has to offer to those parts that only the product of people brings. */
export interface OwnerParts {
  database: Database;
  settings: ToolsSettings;
  audit: RecordAudit;
  events: EventHub;
  connectCloud: ConnectCloud;
  sandbox: Clouds["sandbox"];
  vault: CredentialVault;
  invoke: Invoke;
  now(): Temporal.Instant;
  log: Logger;
}

/** What another process of this machine asks in a person's name, who proves it with the password. */
export const PersonRequest = z.object({
  email: z.string().max(320),
  password: z.string().max(1000),
  call: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("decide"),
      proposalId: z.uuid(),
      planHash: z.string(),
      decision: z.enum(["approve", "reject"]),
      reason: z.string().max(500).optional(),
    }),
    z.object({ kind: z.literal("invoke"), name: z.string(), input: z.record(z.string(), z.json()) }),
  ]),
});
export type PersonRequest = z.infer<typeof PersonRequest>;

export interface Attachment {
  asPerson(request: PersonRequest): Promise<unknown>;
  /** Ends before the database does. */
  close(): Promise<void>;
}

/**
 * Decisions, people and the worker come in from outside, so that a process which serves an assistant (and never
 * attaches them) has no road to a decision or to the write half of a cloud.
 */
export type Attach = (parts: OwnerParts) => Attachment;
