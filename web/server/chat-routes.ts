import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { createUIMessageStreamResponse, type UIMessageChunk } from "ai";
import { Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** Opens the stream of one answer. */
export type OpenAnswer = (request: {
  actor: Actor;
  conversationId: string;
  message: string;
  signal: AbortSignal;
}) => ReadableStream<UIMessageChunk>;

const Question = z.object({ conversationId: z.uuid(), message: z.string().trim().min(1).max(4000) });

/** Ask, come back to a running answer, stop it. */
export function chatRoutes({ answers, openAnswer }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  // The organization is part of the key: nobody follows another one's answer by its conversation's id.
  const key = (actor: Actor, conversationId: string) =>
    `${actor.organizationId}/${actor.userId}/${conversationId}`;
  const respond = (stream: ReadableStream<UIMessageChunk>) =>
    createUIMessageStreamResponse({ stream, headers: { "X-Accel-Buffering": "no" } });

  routes.post("/", async (context) => {
    const actor = requireActor(context);
    const { conversationId, message } = await readBody(context, Question);
    const name = key(actor, conversationId);
    if (answers.has(name)) {
      throw new AppError("conflict", "An answer is still being written in this conversation.", {
        hint: "Wait for it, or stop it.",
      });
    }
    return respond(answers.start(name, (signal) => openAnswer({ actor, conversationId, message, signal })));
  });

  routes.get("/:id/stream", (context) => {
    const stream = answers.follow(key(requireActor(context), context.req.param("id")));
    return stream ? respond(stream) : context.body(null, 204);
  });

  routes.post("/:id/stop", async (context) => {
    const stopped = await answers.stop(key(requireActor(context), context.req.param("id")));
    return context.json({ stopped });
  });

  return routes;
}
