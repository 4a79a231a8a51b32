import { Freshness } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { requireActor, type SessionVariables } from "./with-session.ts";

const FreshnessOutput = z.object({ freshness: Freshness });

/** What the first page says about the data: until when it reaches, and what is being loaded. */
export function stateRoutes({ service, loading }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  routes.get("/", async (context) => {
    const actor = requireActor(context);
    const freshness = await service
      .invoke({ actor, name: "get_data_freshness", input: {}, source: "web" })
      .then(({ output }) => FreshnessOutput.parse(output).freshness)
      .catch((error: unknown) => {
        if (["no_data", "not_found"].includes(AppError.from(error).code)) return null;
        throw error;
      });
    return context.json({
      freshness,
      loading: loading.current(),
      problem: loading.problem(),
      now: service.now().toString(),
    });
  });
  return routes;
}
