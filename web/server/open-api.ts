import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";
import { z } from "zod";
import { splitRoute } from "./split-route.ts";

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "details", "timestamp", "path"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        details: { type: "object" },
        timestamp: { type: "string", format: "date-time" },
        path: { type: "string" },
      },
    },
  },
};

/** The OpenAPI 3.1 document of every definition that has a REST route. */
export function openApiDocument(definitions: readonly AnyDefinition[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const definition of definitions) {
    if (!definition.rest) continue;
    const [method, path] = splitRoute(definition.rest);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(definition, method, path) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "CloudOptima AI",
      version: "1",
      description: "Amounts are decimal strings; periods are half-open, UTC.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "cloudoptima_session" } },
    },
    security: [{ session: [] }],
  };
}

function operation(definition: AnyDefinition, method: string, path: string): Record<string, unknown> {
  const schema = z.toJSONSchema(definition.input, { io: "input" }) as {
    properties?: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  const hasBody = method !== "GET" && method !== "DELETE";
  const entries = Object.entries(schema.properties ?? {});
  const parameters = entries
    .filter(([name]) => inPath.has(name) || !hasBody)
    .map(([name, property]) => ({
      name,
      in: inPath.has(name) ? "path" : "query",
      required: inPath.has(name) || (schema.required?.includes(name) ?? false),
      ...parameterSchema(property),
    }));
  const bodySchema = {
    type: "object",
    properties: Object.fromEntries(entries.filter(([name]) => !inPath.has(name))),
    required: (schema.required ?? []).filter((name) => !inPath.has(name)),
  };
  const json = (body: unknown) => ({ content: { "application/json": { schema: body } } });
  return {
    operationId: definition.name,
    summary: definition.title,
    description: definition.description,
    parameters,
    ...(hasBody ? { requestBody: { required: true, ...json(bodySchema) } } : {}),
    responses: {
      200: { description: "Done", ...json(z.toJSONSchema(definition.output, { io: "output" })) },
      default: { description: "Failed", ...json({ $ref: "#/components/schemas/Error" }) },
    },
    "x-permission": definition.permission,
  };
}

/** Objects in a query are JSON text; OpenAPI says so with `content` instead of `schema`. */
function parameterSchema(property: Record<string, unknown>): Record<string, unknown> {
  const isObject =
    property.type === "object" || (property.items as { type?: string } | undefined)?.type === "object";
  return isObject ? { content: { "application/json": { schema: property } } } : { schema: property };
}
