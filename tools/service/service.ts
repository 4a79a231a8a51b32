import type { EventHub } from "../events.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Progress } from "../kernel/context.ts";
import type { Invoke } from "../kernel/invoke.ts";
import type { Registry } from "../kernel/registry.ts";

export interface OrganizationSummary {
  id: string;
  name: string;
  demo: boolean;
}

/**
 * The product's tools, ready to call: in this process when it owns the data, or through the private socket
 * of the process that does. Faces and the agent use this and never see a database.
 */
export interface ToolService {
  /** owner: this process opened the database. client: requests go to the owner. */
  mode: "owner" | "client";
  registry: Registry;
  invoke: Invoke;
  organizations(): Promise<OrganizationSummary[]>;
  /** Who a local process acts as: `local` is the operator's terminal (admin), `mcp` an assistant (viewer). */
  localActor(via: "local" | "mcp", organizationName?: string): Promise<Actor>;
  /** Whose API key this is, with the key's role as it is now; null when the key does not count (any more). */
  keyActor(key: string): Promise<Actor | null>;
  /** A person of an organization with their present role, via `session`; null when either is gone. */
  person(userId: string, organizationId: string): Promise<Actor | null>;
  /** Listens to what happens in one organization; throws in a process that does not have the data itself. */
  subscribe: EventHub["subscribe"];
  /** The business clock. */
  now(): Temporal.Instant;
  /** Tells other processes of this data folder where people reach this one, e.g. http://127.0.0.1:3000 */
  announceAddress(address: string): Promise<void>;
  /** Where people reach the product of this data folder; null when nobody announced it. */
  address(): Promise<string | null>;
  /** Ends when the demo data of a first start is loaded; the service answers meanwhile. */
  dataReady(onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<void>;
  /** Finishes running work, releases the lock, closes the database. Idempotent. */
  close(): Promise<void>;
}
