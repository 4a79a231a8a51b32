import type { Actor } from "../kernel/actor.ts";
import type { Operation } from "../kernel/define-tool.ts";
import { createRegistry } from "../kernel/registry.ts";
import { definitions } from "../registry.gen.ts";
import type { ToolService } from "../service/service.ts";
import type { TestTools } from "./test-tools.ts";

/** The service that faces see, over a test's own runtime; for tests that need no process and no data folder. */
export function createTestService(
  tools: TestTools,
  options: { actor: Actor; now: string; operations?: readonly Operation[] },
): ToolService {
  const { actor, now, operations = [] } = options;
  return {
    mode: "owner",
    registry: createRegistry([...definitions, ...operations]),
    invoke: tools.invoke,
    organizations: async () => [{ id: actor.organizationId, name: actor.organizationName, demo: false }],
    localActor: async () => actor,
    keyActor: async () => null,
    person: async () => actor,
    subscribe: tools.events.subscribe,
    now: () => Temporal.Instant.from(now),
    announceAddress: async () => {},
    address: async () => null,
    dataReady: async () => {},
    close: async () => {},
  };
}
