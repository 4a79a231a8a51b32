import type { BrowserSession } from "@cloudoptima/tools/access/browser-sessions.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { isTooDeep } from "@cloudoptima/tools/kernel/is-too-deep.ts";
import type { OwnerFeatures } from "@cloudoptima/tools/product.ts";
import type { Context, MiddlewareHandler } from "hono";
import type { z } from "zod";
import { BodyTooLarge, largestBodyBytes } from "./body-too-large.ts";
import { identify } from "./identify.ts";

export interface SessionVariables {
  Variables: {
    actor: Actor | null;
    /** The browser's; null for a program. */
    session: BrowserSession | null;
  };
}

/** Where a program comes for a token: one that it still sends along, though it expired, is no reason to refuse. */
const waysIn = new Set(["register", "login", "refresh", "logout"].map((name) => `/api/v1/auth/${name}`));

/**
 * Puts who asks into the context; the role is read anew, so that a changed role counts at once. Tokens and API keys
 * are for /api/v1: the routes beside it are the browser's own.
 */
export function withSession(environment: {
  owner(): Pick<OwnerFeatures, "people">;
}): MiddlewareHandler<SessionVariables> {
  return async (context, next) => {
    const header = (name: string) => context.req.header(name);
    const { path } = context.req;
    const forPrograms = path.startsWith("/api/v1/") && !waysIn.has(path);
    const known = await identify(environment.owner().people, {
      cookie: header("cookie"),
      ...(forPrograms ? { authorization: header("authorization"), apiKey: header("x-api-key") } : {}),
    });
    context.set("actor", known?.actor ?? null);
    context.set("session", known?.session ?? null);
    addCookies(context, known?.session?.setCookies ?? []);
    await next();
  };
}

export function addCookies(context: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) context.header("Set-Cookie", cookie, { append: true });
}

/** The browser's session, or 401: for what a person changes of themselves. */
export function requireSession(context: Context<SessionVariables>): BrowserSession {
  requireActor(context);
  const session = context.get("session");
  if (!session) {
    throw new AppError("forbidden", "This is done in a browser, never with a token or an API key.");
  }
  return session;
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

/**
 * JSON of a request body, refused unless it says that it is JSON: a foreign form cannot say so. `whenEmpty`: what
 * no body at all means, where that is allowed; `largest`: in bytes.
 */
export async function readJson(
  context: Context,
  { whenEmpty, largest = largestBodyBytes }: { whenEmpty?: unknown; largest?: number } = {},
): Promise<unknown> {
  const type = context.req.header("content-type");
  const mayBeEmpty = whenEmpty !== undefined && type === undefined;
  if (!type?.startsWith("application/json") && !mayBeEmpty) throw notJson();
  const text = await readText(context, largest);
  if (text === "" && whenEmpty !== undefined) return whenEmpty;
  if (mayBeEmpty) throw notJson();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause: error });
  }
  if (!isTooDeep(parsed)) return parsed;
  throw new AppError("invalid_input", "The body is nested too deep.", {
    hint: "No request needs so many lists and objects in each other.",
  });
}

const notJson = () => new AppError("invalid_input", "The body must be application/json.");

/** The body as text, refused as soon as it is larger than what we take, whatever its headers say. */
async function readText(context: Context, largest: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > largest) throw new BodyTooLarge(largest);
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
