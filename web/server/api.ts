import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { OwnerFeatures } from "@cloudoptima/tools/product.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { accountRoutes } from "./account-routes.ts";
import type { ActiveAnswers } from "./active-answers.ts";
import { authRoutes } from "./auth-routes.ts";
import { chatRoutes, type OpenAnswer } from "./chat-routes.ts";
import type { DataLoading } from "./data-loading.ts";
import { decisionRoutes } from "./decision-routes.ts";
import { errorResponse } from "./error-response.ts";
import { restRoutes } from "./rest-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import type { SetupLink } from "./setup-link.ts";
import { stateRoutes } from "./state-routes.ts";
import { trpcRoutes } from "./trpc-routes.ts";
import { type SessionVariables, withSession } from "./with-session.ts";

export interface ApiEnvironment {
  service: ToolService;
  /** What only people may do, in the process that has the data. */
  owner(): OwnerFeatures;
  answers: ActiveAnswers;
  /** `reply()` with the model bound. */
  openAnswer: OpenAnswer;
  /** What people see of the model: "built-in analyst" or its id. */
  modelLabel: string;
  /** Embedded database, loopback, no real connection: one click signs in. Otherwise its routes answer 404. */
  demoSignIn(): Promise<boolean>;
  setupLink: SetupLink | null;
  /** A proxy stands in front and says who calls. */
  behindProxy?: boolean;
  loading: DataLoading;
  log: { error(details: Record<string, unknown>, message: string): void };
}

/** Everything under /api. */
export function createApi(environment: ApiEnvironment): Hono<SessionVariables> {
  const api = new Hono<SessionVariables>().basePath("/api");
  api.onError((error, context) => {
    const requestId = context.get("requestId");
    if (AppError.from(error).code === "internal" && !context.req.raw.signal.aborted) {
      environment.log.error({ requestId, err: error, path: context.req.path }, "A request failed");
    }
    return errorResponse(context, error, requestId);
  });
  api.notFound((context) =>
    errorResponse(
      context,
      new AppError("not_found", "There is nothing at this address."),
      context.get("requestId"),
    ),
  );
  // A caller's own id is kept where it is well-formed, so that its log and ours speak of one request.
  api.use("*", requestId({ limitLength: 128 }));
  api.use("*", async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  api.get("/v1/health", (context) => context.json({ status: "ok", time: new Date().toISOString() }));
  api.use("*", withSession(environment));
  api.route("/session", sessionRoutes(environment));
  api.route("/account", accountRoutes(environment));
  api.route("/v1/auth", authRoutes(environment));
  api.route("/state", stateRoutes(environment));
  api.route("/chat", chatRoutes(environment));
  api.route("/trpc", trpcRoutes(environment));
  api.route("/v1/remediation/actions", decisionRoutes(environment));
  api.route("/v1", restRoutes(environment));
  return api;
}
