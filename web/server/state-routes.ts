import { Hono } from "hono";
import type { ApiEnvironment } from "./api.ts";
import { readDataState } from "./read-data-state.ts";
import { requireActor, type SessionVariables } from "./with-session.ts";

/** The state of the data, for scripts; the pages ask by tRPC. */
export function stateRoutes(environment: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  routes.get("/", async (context) => context.json(await readDataState(environment, requireActor(context))));
  return routes;
}
