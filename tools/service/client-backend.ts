import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { InvokeResult } from "../kernel/invoke.ts";
import type { Backend } from "./backend.ts";
import { callOwner } from "./call-owner.ts";
import type { Caller } from "./protocol.ts";
import type { OrganizationSummary } from "./service.ts";

/** The data of another process, through its socket. `fixedNow`: this process's own CLOUDOPTIMA_NOW. */
export function createClientBackend(
  socketPath: string,
  fixedNow: Temporal.Instant | undefined,
): Backend & { mode: "client" } {
  /** The keys that were shown to be somebody's, by whose they are: the owner wants to see them again. */
  const keys = new Map<string, string>();
  const ownerOf = (actor: Actor) => `${actor.organizationId}:${actor.userId}`;
  const callerOf = (actor: Actor): Caller => {
    const key = keys.get(ownerOf(actor));
    if (actor.via === "api_key" && key) return { via: actor.via, key };
    if (actor.via === "local" || actor.via === "mcp") {
      return { via: actor.via, organizationName: actor.organizationName };
    }
    throw new AppError("unsupported", "Only the process that has the data knows who is signed in to it.");
  };
  return {
    mode: "client",
    async invoke({ actor, name, input, source, signal, onProgress, now = fixedNow }) {
      const body = { caller: callerOf(actor), name, input, source, now: now?.toString() };
      const result = await callOwner({ socketPath, name: "invoke", body, signal, onProgress });
      return result as InvokeResult; // the owner is the same program and has validated it
    },
    organizations: async () =>
      (await callOwner({ socketPath, name: "organizations", body: {} })) as OrganizationSummary[],
    localActor: async (via, organizationName) =>
      (await callOwner({ socketPath, name: "localActor", body: { via, organizationName } })) as Actor,
    async keyActor(key) {
      const actor = (await callOwner({ socketPath, name: "keyActor", body: { key } })) as Actor | null;
      if (actor) keys.set(ownerOf(actor), key);
      return actor;
    },
    person: async (userId, organizationId) =>
      (await callOwner({ socketPath, name: "person", body: { userId, organizationId } })) as Actor | null,
    subscribe() {
      throw new AppError("unsupported", "Updates are told only in the process that has the data.", {
        hint: "Listen at /ws/v1/updates of the running product.",
      });
    },
    asPerson: (request) => callOwner({ socketPath, name: "asPerson", body: request }),
    async dataReady(onProgress, signal) {
      await callOwner({ socketPath, name: "dataReady", body: {}, onProgress, signal });
    },
    close: async () => {},
  };
}
