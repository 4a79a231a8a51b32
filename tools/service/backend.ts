import type { EventHub } from "../events.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Progress } from "../kernel/context.ts";
import type { Invoke } from "../kernel/invoke.ts";
import type { PersonRequest } from "./attach.ts";
import type { OrganizationSummary } from "./service.ts";

/** What stands behind a tool service at one moment: the data in this process, or the owner's socket. */
export interface Backend {
  mode: "owner" | "client";
  invoke: Invoke;
  organizations(): Promise<OrganizationSummary[]>;
  localActor(via: "local" | "mcp", organizationName?: string): Promise<Actor>;
  keyActor(key: string): Promise<Actor | null>;
  person(userId: string, organizationId: string): Promise<Actor | null>;
  subscribe: EventHub["subscribe"];
  /** Refused where the process that has the data serves assistants alone. */
  asPerson(request: PersonRequest): Promise<unknown>;
  /** Ends when the demo data is loaded; it never rejects for a failed load, which is logged where it runs. */
  dataReady(onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
