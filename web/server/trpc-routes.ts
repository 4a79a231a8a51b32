import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono } from "hono";
import { mostCallsAtOnce } from "../lib/calls-at-once.ts";
import type { ApiEnvironment } from "./api.ts";
import { createTrpcRouter } from "./trpc.ts";
import { fromTrpcError } from "./trpc-errors.ts";
import { readJson, type SessionVariables } from "./with-session.ts";

/** /api/trpc: the web's typed calls, several in one request. Queries come by POST too: no address is too long. */
export function trpcRoutes(environment: ApiEnvironment): Hono<SessionVariables> {
  const router = createTrpcRouter(environment);
  const routes = new Hono<SessionVariables>();
  routes.all("/*", async (context) => {
    const { raw } = context.req;
    const requestId = context.get("requestId");
    // Read by our own rules (declared as JSON, bounded), then handed on as it was.
    const body = raw.method === "POST" ? JSON.stringify(await readJson(context)) : null;
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      req: body === null ? raw : new Request(raw.url, { method: "POST", headers: raw.headers, body }),
      router,
      maxBatchSize: mostCallsAtOnce,
      allowMethodOverride: true,
      createContext: () => ({ actor: context.get("actor"), requestId, signal: raw.signal }),
      onError({ error, path }) {
        const known = fromTrpcError(error);
        // Who has left the page stops its questions: nothing failed.
        if (known.code !== "internal" || raw.signal.aborted) return;
        environment.log.error({ requestId, err: known.cause ?? error, path }, "A request failed");
      },
    });
  });
  return routes;
}
