import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { findBlockProblem } from "./find-block-problem.ts";

export interface RecordedCall {
  method: string;
  args: Record<string, unknown>;
}

/** A message as it stands now in a channel. */
export interface ShownMessage {
  channel: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: unknown[];
  /** Shown to this person only; null: to everyone. */
  onlyFor: string | null;
  updateCount: number;
}

export interface UploadedFile {
  id: string;
  filename: string;
  altText: string;
  content: Buffer;
  channel: string | null;
  threadTs: string | null;
}

export interface SlackUser {
  id: string;
  team_id: string;
  name: string;
  real_name: string;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  deleted?: boolean;
}

type Failure = { error: string } | { retryAfter: number };

/** Slack's Web API as far as the bot uses it, over real HTTP: it keeps messages, and refuses what Slack refuses. */
export interface FakeSlack {
  url: string;
  calls: RecordedCall[];
  messages: ShownMessage[];
  files: UploadedFile[];
  views: Record<string, unknown>[];
  users: Map<string, SlackUser>;
  /** The next call of this method fails so; several queue up. */
  failNext(method: string, failure: Failure): void;
  /** Failures that are still to come. */
  failures: Map<string, Failure[]>;
  /** Calls of this method are not answered until the given function is called. */
  hold(method: string): () => void;
  close(): Promise<void>;
}

export interface FakeSlackOptions {
  botToken: string;
  teamId: string;
  teamName?: string;
}

export async function startFakeSlack({
  botToken,
  teamId,
  teamName = "Contoso",
}: FakeSlackOptions): Promise<FakeSlack> {
  const calls: RecordedCall[] = [];
  const messages: ShownMessage[] = [];
  const files: UploadedFile[] = [];
  const views: Record<string, unknown>[] = [];
  const users = new Map<string, SlackUser>();
  const failures = new Map<string, Failure[]>();
  const held = new Map<string, Promise<void>>();
  let counter = 0;

  const answers: Record<string, (args: Record<string, unknown>) => Record<string, unknown>> = {
    "auth.test": () => ({
      team_id: teamId,
      team: teamName,
      user: "cloudoptima",
      user_id: "UBOT",
      bot_id: "BBOT",
    }),
    "users.info": (args) => {
      const user = users.get(String(args.user));
      return user ? { user } : { error: "user_not_found" };
    },
    "chat.postMessage": (args) => show(args, null),
    "chat.postEphemeral": (args) => {
      const { ts } = show(args, String(args.user));
      return { message_ts: ts };
    },
    "chat.update": (args) => {
      const message = messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts);
      if (!message) return { error: "message_not_found" };
      const problem = findBlockProblem(args.blocks);
      if (problem) return { error: `invalid_blocks: ${problem}` };
      message.text = String(args.text ?? "");
      message.blocks = (args.blocks as unknown[] | undefined) ?? [];
      message.updateCount += 1;
      return { ts: message.ts };
    },
    "views.open": (args) => {
      const view = args.view as { blocks?: unknown } & Record<string, unknown>;
      views.push(view);
      return { view };
    },
    "files.getUploadURLExternal": (args) => {
      const id = `F${++counter}`;
      files.push({
        id,
        filename: String(args.filename),
        altText: String(args.alt_text ?? ""),
        content: Buffer.alloc(0),
        channel: null,
        threadTs: null,
      });
      return { file_id: id, upload_url: `${address()}/upload/${id}` };
    },
    "files.completeUploadExternal": (args) => {
      for (const { id } of args.files as { id: string }[]) {
        const file = files.find((known) => known.id === id);
        if (!file) return { error: "file_not_found" };
        file.channel = String(args.channel_id);
        file.threadTs = args.thread_ts === undefined ? null : String(args.thread_ts);
      }
      return { files: args.files };
    },
  };

  function show(args: Record<string, unknown>, onlyFor: string | null): Record<string, unknown> {
    const problem = findBlockProblem(args.blocks);
    if (problem) return { error: `invalid_blocks: ${problem}` };
    if (!args.text && !args.blocks) return { error: "no_text" };
    const ts = `1790000000.${String(++counter).padStart(6, "0")}`;
    messages.push({
      channel: String(args.channel),
      ts,
      threadTs: args.thread_ts === undefined ? null : String(args.thread_ts),
      text: String(args.text ?? ""),
      blocks: (args.blocks as unknown[] | undefined) ?? [],
      onlyFor,
      updateCount: 0,
    });
    return { ts };
  }

  const server = createServer((request, response) => {
    void handle(request).then(({ status, headers, body }) => {
      response
        .writeHead(status, { "Content-Type": "application/json", ...headers })
        .end(JSON.stringify(body));
    });
  });

  async function handle(
    request: IncomingMessage,
  ): Promise<{ status: number; headers?: Record<string, string>; body: unknown }> {
    const path = new URL(request.url ?? "/", "http://slack").pathname;
    const body = await readBody(request);
    if (path.startsWith("/upload/")) {
      files.find(({ id }) => id === path.slice("/upload/".length))!.content = await fileContent(
        request,
        body,
      );
      return { status: 200, body: "OK" };
    }
    if (request.headers.authorization !== `Bearer ${botToken}`) {
      return { status: 200, body: { ok: false, error: "invalid_auth" } };
    }
    const method = path.replace(/^\/api\//, "");
    const args = parseArguments(body.toString("utf8"));
    calls.push({ method, args });
    await held.get(method);
    const failure = failures.get(method)?.shift();
    if (failure && "retryAfter" in failure) {
      return { status: 429, headers: { "Retry-After": String(failure.retryAfter) }, body: { ok: false } };
    }
    const answer = failure ?? answers[method]?.(args) ?? { error: "unknown_method" };
    return { status: 200, body: { ok: !("error" in answer), ...answer } };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `${address()}/api/`,
    calls,
    messages,
    files,
    views,
    users,
    failNext(method, failure) {
      failures.set(method, [...(failures.get(method) ?? []), failure]);
    },
    failures,
    hold(method) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(method, promise);
      return () => {
        held.delete(method);
        resolve();
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The Web API takes forms in which lists and objects are JSON. */
function parseArguments(body: string): Record<string, unknown> {
  if (body.startsWith("{")) return JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== "text" ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}

/** An upload is a form with the file, or its bare bytes. */
async function fileContent(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return body;
  const form = await new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData();
  for (const value of form.values()) {
    if (typeof value !== "string") return Buffer.from(await value.arrayBuffer());
  }
  return body;
}
