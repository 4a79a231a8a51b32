import { Hono } from "hono";
import { z } from "zod";
import { answerKey } from "./answer-key.ts";
import type { ApiEnvironment } from "./api.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** A person's own conversations. Each route is one operation; what it may do is decided there. */
export function conversationRoutes({ service, answers }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();

  routes.get("/", async (context) => {
    const actor = requireActor(context);
    const { output } = await service.invoke({ actor, name: "list_conversations", input: {}, source: "web" });
    return context.json(output);
  });

  routes.post("/", async (context) => {
    const actor = requireActor(context);
    const input = await readBody(context, z.object({ title: z.string().trim().min(1).max(120) }));
    const { output } = await service.invoke({ actor, name: "create_conversation", input, source: "web" });
    return context.json(output, 201);
  });

  routes.get("/:id", async (context) => {
    const actor = requireActor(context);
    const id = context.req.param("id");
    const { output } = await service.invoke({
      actor,
      name: "get_conversation",
      input: { id },
      source: "web",
    });
    const question = answers.question(answerKey(actor, id));
    return context.json({ ...output, answering: question });
  });

  routes.put("/:id", async (context) => {
    const actor = requireActor(context);
    const { title } = await readBody(context, z.object({ title: z.string().trim().min(1).max(120) }));
    const input = { id: context.req.param("id"), title };
    const { output } = await service.invoke({ actor, name: "rename_conversation", input, source: "web" });
    return context.json(output);
  });

  routes.delete("/:id", async (context) => {
    const actor = requireActor(context);
    const input = { id: context.req.param("id") };
    const { output } = await service.invoke({ actor, name: "delete_conversation", input, source: "web" });
    return context.json(output);
  });

  return routes;
}
