import { chmod } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { z } from "zod";
import type { Actor, Source } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { OwnerGone } from "./call-owner.ts";
import type { OwnerBackend } from "./owner-backend.ts";
import {
  type AnswerLine,
  type Caller,
  isRequestName,
  type RequestName,
  requests,
  toFailure,
} from "./protocol.ts";

export interface ServeSocketOptions {
  path: string;
  backend: OwnerBackend;
  /** Starts letting go and returns; refuses by throwing. */
  handOver(): void;
  log: Logger;
}

export interface SocketServer {
  close(): Promise<void>;
}

const flushMs = 500;
/** Files are named by their path, never sent. */
const largestBodyBytes = 2 ** 20;

/** Answers the requests of other local processes on a Unix socket that only this user may open. */
export async function serveSocket(options: ServeSocketOptions): Promise<SocketServer> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((err: unknown) =>
      options.log.warn({ err }, "local request failed"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.path, resolve);
  });
  if (process.platform !== "win32") await chmod(options.path, 0o600);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Answers that are written already may still be on their way to the caller.
      await Promise.race([closed, delay(flushMs)]);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  options: ServeSocketOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = new AbortController();
  response.on("close", () => caller.abort());
  const write = (line: AnswerLine) => {
    if (response.writable) response.write(`${JSON.stringify(line)}\n`);
  };
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  try {
    const name = request.url?.slice(1) ?? "";
    if (request.method !== "POST" || !isRequestName(name))
      throw new AppError("not_found", "No such request.");
    const body = parseJson(await readBody(request));
    const onProgress = (progress: Extract<AnswerLine, { progress: unknown }>["progress"]) =>
      write({ progress });
    write({ result: await perform(options, name, body, onProgress, caller.signal) });
  } catch (error) {
    if (error instanceof OwnerGone) write({ moved: true });
    else {
      // Who hung up has stopped the work: that it ended so is no fault.
      const isFault = AppError.from(error).code === "internal" && !caller.signal.aborted;
      if (isFault) options.log.error({ err: error }, "local request failed");
      write({ error: toFailure(error) });
    }
  } finally {
    response.end();
  }
}

async function perform(
  { backend, handOver }: ServeSocketOptions,
  name: RequestName,
  body: unknown,
  onProgress: (progress: Extract<AnswerLine, { progress: unknown }>["progress"]) => void,
  signal: AbortSignal,
): Promise<unknown> {
  if (!backend.isOpen()) throw new OwnerGone(false);
  switch (name) {
    case "invoke": {
      const { caller, now, input, name, source } = read("invoke", body);
      const actor = await identify(backend, caller);
      const clock = now === undefined ? {} : { now: Temporal.Instant.from(now) };
      return backend.invoke({
        actor,
        name,
        input,
        source: sourceOf(caller, source),
        ...clock,
        onProgress,
        signal,
      });
    }
    case "organizations":
      return backend.organizations();
    case "localActor": {
      const { via, organizationName } = read("localActor", body);
      return backend.localActor(via, organizationName);
    }
    case "keyActor":
      return backend.keyActor(read("keyActor", body).key);
    case "person": {
      const { userId, organizationId } = read("person", body);
      return backend.person(userId, organizationId);
    }
    case "asPerson":
      return backend.asPerson(read("asPerson", body));
    case "dataReady":
      return (await backend.dataReady(onProgress, signal)) ?? null;
    case "handOver":
      return handOver() ?? null;
    case "ping":
      return { pid: process.pid };
  }
}

/** The body as text, refused as soon as it is larger than anything that is asked here. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw new AppError("invalid_input", "The request is larger than 1 MiB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError("invalid_input", "The request is not JSON.", { cause });
  }
}

/** The door, as far as the owner can know it: only whether the terminal's answers came from its agent is believed. */
function sourceOf(caller: Caller, claimed: Source): Source {
  if (caller.via !== "local") return "mcp";
  return claimed === "agent" ? "agent" : "terminal";
}

async function identify(backend: OwnerBackend, caller: Caller): Promise<Actor> {
  if (caller.via !== "api_key") return backend.localActor(caller.via, caller.organizationName);
  const actor = await backend.keyActor(caller.key);
  if (!actor) throw new AppError("unauthenticated", "This API key does not count (any more).");
  return actor;
}

/** Whoever asserts what only the process that checked it may know (a browser's session) is refused here. */
function read<Name extends RequestName>(name: Name, body: unknown): z.infer<(typeof requests)[Name]> {
  const parsed = requests[name].safeParse(body);
  if (parsed.success) return parsed.data as z.infer<(typeof requests)[Name]>;
  const { path, message } = parsed.error.issues[0]!;
  throw new AppError(
    "invalid_input",
    `The data's owner takes no such request: ${path.join(".")}: ${message}.`,
  );
}
