import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { InvokeResult } from "../kernel/invoke.ts";
import type { Backend } from "./backend.ts";
import { callOwner } from "./call-owner.ts";
import type { OrganizationSummary } from "./service.ts";

/** The data of another process, through its socket. `fixedNow`: this process's own CLOUDOPTIMA_NOW. */
export function createClientBackend(
  socketPath: string,
  fixedNow: Temporal.Instant | undefined,
): Backend & { mode: "client" } {
  return {
    mode: "client",
    async invoke({ actor, name, input, source, signal, onProgress, now = fixedNow }) {
      const body = { actor, name, input, source, now: now?.toString() };
      const result = await callOwner({ socketPath, name: "invoke", body, signal, onProgress });
      return result as InvokeResult; // the owner is the same program and has validated it
    },
    organizations: async () =>
      (await callOwner({ socketPath, name: "organizations", body: {} })) as OrganizationSummary[],
    localActor: async (via, organizationName) =>
      (await callOwner({ socketPath, name: "localActor", body: { via, organizationName } })) as Actor,
    keyActor: async (key) =>
      (await callOwner({ socketPath, name: "keyActor", body: { key } })) as Actor | null,
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
