import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

const NewPin = z.object({
  title: z.string().trim().min(1).max(120),
  toolName: z.string(),
  toolInput: z.record(z.string(), z.unknown()),
});

/** Answers pinned to the dashboard, and the live run of a pin's tool. */
export function pinRoutes({ service }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();

  routes.get("/", async (context) => {
    const actor = requireActor(context);
    const { output } = await service.invoke({ actor, name: "list_pins", input: {}, source: "web" });
    return context.json(output);
  });

  routes.post("/", async (context) => {
    const actor = requireActor(context);
    const input = await readBody(context, NewPin);
    requireReadTool(service.registry, input.toolName);
    const { output } = await service.invoke({ actor, name: "pin_answer", input, source: "web" });
    return context.json(output, 201);
  });

  routes.delete("/:id", async (context) => {
    const actor = requireActor(context);
    const input = { id: context.req.param("id") };
    const { output } = await service.invoke({ actor, name: "unpin", input, source: "web" });
    return context.json(output);
  });

  routes.post("/run", async (context) => {
    const actor = requireActor(context);
    const body = await readBody(
      context,
      z.object({ toolName: z.string(), toolInput: z.record(z.string(), z.unknown()) }),
    );
    requireReadTool(service.registry, body.toolName);
    const { output, views } = await service.invoke({
      actor,
      name: body.toolName,
      input: body.toolInput,
      source: "web",
      signal: context.req.raw.signal,
    });
    return context.json({ output, views });
  });

  return routes;
}

/** A dashboard only looks: whatever writes has no place on it. */
function requireReadTool(registry: ApiEnvironment["service"]["registry"], name: string): void {
  const tool = registry.tools.find((candidate) => candidate.name === name);
  if (tool?.effect !== "read")
    throw new AppError("invalid_input", `"${name}" is not a tool that can be pinned.`);
}
