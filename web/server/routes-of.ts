import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";

export interface RestRoute {
  method: string;
  /** With `{parameters}`, under /api/v1. */
  path: string;
  /** Its name in the OpenAPI document: each has one of its own. */
  operationId: string;
}

/** Where a definition is found in REST. */
export function routesOf({ name, rest }: Pick<AnyDefinition, "name" | "rest">): RestRoute[] {
  const routes: readonly string[] = rest === undefined ? [] : [rest].flat();
  return routes.map((route, index) => {
    const space = route.indexOf(" ");
    const operationId = index === 0 ? name : `${name}_${index + 1}`;
    return { method: route.slice(0, space), path: route.slice(space + 1), operationId };
  });
}

/** Names of the `{parameters}` of a path. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
}
