import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { Context, MiddlewareHandler } from "hono";
import type { z } from "zod";
import { BodyTooLarge, largestBodyBytes } from "./body-too-large.ts";
import type { Sessions } from "./session.ts";

export interface SessionVariables {
  Variables: { actor: Actor | null };
}

/** Puts who asks into the context; the role is read anew, so that a changed role counts at once. */
export function withSession(environment: {
  service: ToolService;
  sessions: Sessions;
}): MiddlewareHandler<SessionVariables> {
  return async (context, next) => {
    const session = await environment.sessions.read(context.req.header("cookie"));
    const { service } = environment;
    context.set("actor", session && (await service.person(session.userId, session.organizationId)));
    await next();
  };
}

/** Who asks, or 401. */
export function requireActor(context: Context<SessionVariables>): Actor {
  const actor = context.get("actor");
  if (!actor) {
    throw new AppError("unauthenticated", "You are not signed in.", {
      hint: "Open the start page to sign in.",
    });
  }
  return actor;
}

/** JSON of a request body, refused unless it says that it is JSON: a foreign form cannot say so. */
export async function readJson(context: Context): Promise<unknown> {
  if (!context.req.header("content-type")?.startsWith("application/json")) {
    throw new AppError("invalid_input", "The body must be application/json.");
  }
  const text = await readText(context);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause: error });
  }
}

/** The body as text, refused as soon as it is larger than anything we take, whatever its headers say. */
async function readText(context: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parses a body with a schema; the first problem becomes the message. */
export async function readBody<Output>(context: Context, schema: z.ZodType<Output>): Promise<Output> {
  const parsed = schema.safeParse(await readJson(context));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError("invalid_input", `${issue.path.join(".") || "The body"}: ${issue.message}.`);
}
