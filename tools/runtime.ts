import { type ContextParts, createContext } from "./kernel/create-context.ts";
import type { AnyDefinition } from "./kernel/define-tool.ts";
import { createInvoke, type Invoke } from "./kernel/invoke.ts";
import { createRegistry, type Registry } from "./kernel/registry.ts";

export interface Runtime {
  registry: Registry;
  invoke: Invoke;
}

/** Joins definitions with a database, a clock and the clouds: what `invoke` needs to run in this process. */
export function createRuntime(parts: ContextParts, definitions: readonly AnyDefinition[]): Runtime {
  const registry = createRegistry(definitions);
  const invoke = createInvoke({
    find: registry.find,
    createContext: (request, effect) => createContext(parts, request, effect),
    audit: parts.audit.record,
  });
  return { registry, invoke };
}
