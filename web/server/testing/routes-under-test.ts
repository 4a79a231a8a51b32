import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { ActiveAnswers } from "../active-answers.ts";
import type { ApiEnvironment } from "../api.ts";
import { errorResponse } from "../error-response.ts";
import { restRoutes } from "../rest-routes.ts";
import { trpcRoutes } from "../trpc-routes.ts";
import type { SessionVariables } from "../with-session.ts";

export interface RoutesUnderTest {
  answers: ActiveAnswers;
  /** What was logged as our own failure. */
  logged: Record<string, unknown>[];
  /** A request as this person; null: nobody. */
  send(
    actor: Actor | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

/** The routes made from the registry, behind a sign-in that the test decides on. */
export function openRoutes(service: ToolService): RoutesUnderTest {
  const answers = new ActiveAnswers();
  const logged: Record<string, unknown>[] = [];
  const environment = {
    service,
    answers,
    loading: { current: () => [], problem: () => null },
    log: { error: (details: Record<string, unknown>) => logged.push(details) },
  } as unknown as ApiEnvironment;
  let actor: Actor | null = null;
  const app = new Hono<SessionVariables>().basePath("/api");
  app.use("*", requestId());
  app.use("*", async (context, next) => {
    context.set("actor", actor);
    await next();
  });
  app.onError((error, context) => errorResponse(context, error, context.get("requestId")));
  app.route("/trpc", trpcRoutes(environment));
  app.route("/v1", restRoutes(environment));
  return {
    answers,
    logged,
    async send(as, method, path, body, headers = {}) {
      actor = as;
      const all = new Headers(headers);
      if (body === undefined) return app.request(path, { method, headers: all });
      if (!all.has("Content-Type")) all.set("Content-Type", "application/json");
      const text = typeof body === "string" ? body : JSON.stringify(body);
      return app.request(path, { method, headers: all, body: text });
    },
  };
}
