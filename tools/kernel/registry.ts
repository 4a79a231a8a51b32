import type { AnyDefinition, Operation, Tool } from "./define-tool.ts";

export interface Registry {
  tools: readonly Tool[];
  operations: readonly Operation[];
  find(name: string): AnyDefinition | undefined;
}

/** Joins definitions from any package; two with one name stop the start. */
export function createRegistry(definitions: readonly AnyDefinition[]): Registry {
  const byName = new Map<string, AnyDefinition>();
  for (const definition of definitions) {
    if (byName.has(definition.name)) throw new Error(`Two definitions are named ${definition.name}.`);
    byName.set(definition.name, definition);
  }
  return {
    tools: definitions.filter((definition) => definition.kind === "tool"),
    operations: definitions.filter((definition) => definition.kind === "operation"),
    find: (name) => byName.get(name),
  };
}
