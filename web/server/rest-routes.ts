import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { FileOutput } from "@cloudoptima/tools/kernel/file-output.ts";
import { Hono } from "hono";
import type { ApiEnvironment } from "./api.ts";
import { largestBodyBytes, largestUploadBytes } from "./body-too-large.ts";
import { coerceQuery } from "./coerce-query.ts";
import { openApiDocument } from "./open-api.ts";
import { type RestRoute, routesOf } from "./routes-of.ts";
import { readJson, requireActor, type SessionVariables } from "./with-session.ts";

/** /api/v1: every definition that names a REST route, and the OpenAPI document of them all. */
export function restRoutes({ service }: Pick<ApiEnvironment, "service">): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  const definitions: AnyDefinition[] = [...service.registry.tools, ...service.registry.operations];
  const document = openApiDocument(definitions);
  routes.get("/openapi.json", (context) => context.json(document));

  const all = definitions.flatMap((definition) =>
    routesOf(definition).map((route) => ({ definition, ...route })),
  );
  // A name in a path stands before a parameter: /resources/search is no resource called "search".
  for (const { definition, method, path } of all.toSorted(byParameters)) {
    routes.on(method, path.replaceAll(/\{(\w+)\}/g, ":$1"), async (context) => {
      const actor = requireActor(context);
      const hasBody = method !== "GET" && method !== "DELETE";
      const takesFile = definition.kind === "operation" && definition.upload;
      const largest = takesFile ? largestUploadBytes : largestBodyBytes;
      const body = hasBody ? await readJson(context, { whenEmpty: {}, largest }) : {};
      if (typeof body !== "object" || body === null || Array.isArray(body)) {
        throw new AppError("invalid_input", "The body must be a JSON object.");
      }
      const inPath = context.req.param() as Record<string, string>;
      // Each name has one place: the path, else the body, else (where there is no body) the query.
      const elsewhere = hasBody ? Object.keys(definition.input.shape) : Object.keys(inPath);
      const query = coerceQuery(definition.input, new URL(context.req.url).searchParams, elsewhere);
      const input = { ...query, ...body, ...inPath };
      const { output } = await service.invoke({
        actor,
        name: definition.name,
        input,
        source: "rest",
        signal: context.req.raw.signal,
      });
      if (definition.kind === "operation" && definition.download) return sendFile(FileOutput.parse(output));
      return context.json(output);
    });
  }
  return routes;
}

/** Always saved, never shown: what is in it must not run with our origin's rights. */
function sendFile({ fileName, mediaType, base64 }: FileOutput): Response {
  return new Response(Buffer.from(base64, "base64"), {
    headers: { "Content-Type": mediaType, "Content-Disposition": `attachment; filename="${fileName}"` },
  });
}

function byParameters(a: Pick<RestRoute, "path">, b: Pick<RestRoute, "path">): number {
  return a.path.split("{").length - b.path.split("{").length;
}
