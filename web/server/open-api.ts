import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";
import { z } from "zod";
import { handWrittenRoutes } from "./hand-written-routes.ts";
import { createSchemas } from "./json-schemas.ts";
import { parametersOf, type RestRoute, routesOf } from "./routes-of.ts";

type JsonObject = Record<string, unknown>;

const ErrorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().describe("What happened"),
    details: z
      .looseObject({ hint: z.string().optional(), requestId: z.string() })
      .describe("What to do, and the id of the request in our log"),
    timestamp: z.iso.datetime(),
    path: z.string(),
  }),
});

const requestIdHeader = {
  description: "Of this request in our log; a well-formed one of the caller's is kept.",
  schema: { type: "string" },
};

/** The OpenAPI 3.1 document of every definition that has a REST route, and of the few routes written by hand. */
export function openApiDocument(definitions: readonly AnyDefinition[]): JsonObject {
  const schemas = createSchemas();
  const paths: Record<string, JsonObject> = {};
  const add = ({ method, path }: { method: string; path: string }, described: JsonObject) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  };
  for (const definition of definitions) {
    for (const route of routesOf(definition)) {
      const personOnly = definition.kind === "operation" && definition.personOnly === true;
      add(route, {
        summary: definition.title,
        description: definition.description,
        ...operation(schemas, route, definition, { mayBeEmpty: true }),
        ...(personOnly ? { security: [{ session: [] }] } : {}),
        "x-permission": definition.permission,
      });
    }
  }
  for (const route of handWrittenRoutes) {
    const { summary, security } = route;
    add(route, { summary, ...operation(schemas, route, route), ...(security ? { security } : {}) });
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "CloudOptima AI",
      version: "1",
      description:
        "Amounts are decimal strings; periods are half-open, UTC. Objects in a query are written with a dot, such as period.words=last%20month, or as JSON.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      schemas: { Error: schemas.of("Error", ErrorShape, "output"), ...schemas.components },
      responses: {
        Error: {
          description: "Failed, and why",
          headers: { "X-Request-Id": requestIdHeader },
          content: json({ $ref: "#/components/schemas/Error" }),
        },
      },
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "cloudoptima_session",
          description: "A browser's",
        },
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "Of POST /auth/login" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
    security: [{ session: [] }, { bearer: [] }, { apiKey: [] }],
  };
}

/** OpenAPI 3.1 says of a file no more than that it is one. */
const file = { "*/*": {} };
const json = (schema: JsonObject) => ({ "application/json": { schema } });

function operation(
  schemas: ReturnType<typeof createSchemas>,
  { method, path, operationId }: RestRoute,
  {
    input,
    output,
    status = 200,
    download,
  }: { input: z.ZodObject; output: z.ZodObject; status?: number; download?: true },
  { mayBeEmpty = false } = {},
): JsonObject {
  const schema = schemas.of(operationId, input, "input") as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  const inPath = new Set(parametersOf(path));
  const hasBody = method !== "GET" && method !== "DELETE";
  const entries = Object.entries(schema.properties ?? {});
  const isRequired = (name: string) => schema.required?.includes(name) ?? false;
  const parameters = entries
    .filter(([name]) => inPath.has(name) || !hasBody)
    .map(([name, property]) => ({
      name,
      in: inPath.has(name) ? "path" : "query",
      required: inPath.has(name) || isRequired(name),
      ...parameterSchema(property),
    }));
  const inBody = entries.filter(([name]) => !inPath.has(name));
  const body = {
    type: "object",
    properties: Object.fromEntries(inBody),
    required: inBody.map(([name]) => name).filter(isRequired),
    additionalProperties: false,
  };
  return {
    operationId,
    parameters,
    ...(hasBody
      ? { requestBody: { required: !mayBeEmpty || body.required.length > 0, content: json(body) } }
      : {}),
    responses: {
      [status]: {
        description: "Done",
        headers: { "X-Request-Id": requestIdHeader },
        content: download ? file : json(schemas.of(operationId, output, "output")),
      },
      default: { $ref: "#/components/responses/Error" },
    },
  };
}

/** Objects in a query are JSON text; OpenAPI says so with `content` instead of `schema`. */
function parameterSchema(property: JsonObject): JsonObject {
  const isObject =
    property.type === "object" || (property.items as { type?: string } | undefined)?.type === "object";
  return isObject ? { content: json(property) } : { schema: property };
}
