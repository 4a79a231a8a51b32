import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { createUIMessageStreamResponse, type UIMessageChunk } from "ai";
import { Hono } from "hono";
import { z } from "zod";
import { answerKey } from "./answer-key.ts";
import type { ApiEnvironment } from "./api.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** Opens the stream of one answer. */
export type OpenAnswer = (request: {
  actor: Actor;
  conversationId: string | null;
  message: string;
  signal: AbortSignal;
}) => ReadableStream<UIMessageChunk>;

const Question = z.object({
  /** null: nothing is kept. */
  conversationId: z.uuid().nullable().default(null),
  message: z.string().trim().min(1).max(4000),
});

/** Ask, come back to a running answer, stop it. */
export function chatRoutes({ answers, openAnswer }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  const respond = (stream: ReadableStream<UIMessageChunk>) =>
    createUIMessageStreamResponse({ stream, headers: { "X-Accel-Buffering": "no" } });

  routes.post("/", async (context) => {
    const actor = requireActor(context);
    const { conversationId, message } = await readBody(context, Question);
    // A single question of a script: nobody comes back to it, so it ends with its connection.
    if (conversationId === null) {
      return respond(openAnswer({ actor, conversationId, message, signal: context.req.raw.signal }));
    }
    const key = answerKey(actor, conversationId);
    if (answers.question(key) !== null) {
      throw new AppError("conflict", "An answer is still being written in this conversation.", {
        hint: "Wait for it, or stop it.",
      });
    }
    return respond(
      answers.start(key, message, (signal) => openAnswer({ actor, conversationId, message, signal })),
    );
  });

  routes.get("/:id/stream", (context) => {
    const stream = answers.follow(answerKey(requireActor(context), context.req.param("id")));
    return stream ? respond(stream) : context.body(null, 204);
  });

  routes.post("/:id/stop", async (context) => {
    const stopped = await answers.stop(answerKey(requireActor(context), context.req.param("id")));
    return context.json({ stopped });
  });

  return routes;
}
