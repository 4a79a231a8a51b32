import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { TeamsEndpoints } from "../teams-endpoints.ts";
import { findCardProblem, type ShownCard } from "./find-card-problem.ts";

/** A message as it stands now in a conversation. */
export interface ShownMessage {
  /** With the thread: "19:…@thread.tacv2;messageid=…". */
  conversation: string;
  id: string;
  text: string;
  card: ShownCard | null;
  summary: string;
  updateCount: number;
}

export interface RosterEntry {
  id: string;
  name: string;
  aadObjectId: string;
  tenantId: string;
  userPrincipalName: string;
  userRole: string;
}

export interface TokenOptions {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  /** Seconds from now. */
  expiresIn?: number;
  /** "unpublished": another key under the published one's id. "unendorsed": published, but not for Teams. */
  key?: "published" | "unpublished" | "unendorsed";
  keyId?: string;
}

type Operation = "post" | "edit" | "typing" | "member" | "members" | "keys";
type Failure = { status: number; retryAfter?: number };

/**
 * The Bot Connector, its published keys and Entra ID's token endpoint as far as the bot uses them, over real HTTP:
 * it signs with keys of its own, keeps messages, and refuses what Teams refuses.
 */
export interface FakeConnector {
  serviceUrl: string;
  endpoints: TeamsEndpoints;
  messages: ShownMessage[];
  /** Conversations in which "typing" was shown. */
  typing: string[];
  roster: Map<string, RosterEntry>;
  /** Everybody of a chat; rosters of other conversations are not listed. */
  chats: Map<string, RosterEntry[]>;
  /** How often the bot asked Entra ID for a token. */
  tokenCount(): number;
  sign(options?: TokenOptions): Promise<string>;
  /** The next call of this kind fails so; several queue up. */
  failNext(operation: Operation, failure: Failure): void;
  forgetFailures(): void;
  /** The next posted message that is so fails so. */
  failPost(isSo: (body: string) => boolean, failure: Failure): void;
  close(): Promise<void>;
}

export interface FakeConnectorOptions {
  appId: string;
  appPassword: string;
  tenantId: string;
}

const issuer = "https://api.botframework.com";
const keyId = "key-1";

export async function startFakeConnector(bot: FakeConnectorOptions): Promise<FakeConnector> {
  const [published, unendorsed, unpublished] = await Promise.all(
    Array.from({ length: 3 }, () => generateKeyPair("RS256", { extractable: true })),
  );
  const keys = { published: published!, unendorsed: unendorsed!, unpublished: unpublished! };
  const messages: ShownMessage[] = [];
  const typing: string[] = [];
  const roster = new Map<string, RosterEntry>();
  const chats = new Map<string, RosterEntry[]>();
  const failures = new Map<Operation, Failure[]>();
  const issued = new Set<string>();
  let postFailure: { isSo: (body: string) => boolean; failure: Failure } | null = null;
  let counter = 0;

  type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

  function failureOf(operation: Operation): Answer | null {
    const failure = failures.get(operation)?.shift();
    if (!failure) return null;
    const { status, retryAfter } = failure;
    return {
      status,
      body: { error: { code: "Failed", message: "as the test says" } },
      headers: retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) },
    };
  }

  async function keysDocument(path: string): Promise<Answer> {
    if (path === "/openid") return { status: 200, body: { issuer, jwks_uri: `${address()}/keys` } };
    const publish = async (name: "published" | "unendorsed", kid: string, endorsements: string[]) => ({
      ...(await exportJWK(keys[name].publicKey)),
      kid,
      use: "sig",
      endorsements,
    });
    const list = [
      await publish("published", keyId, ["msteams", "webchat"]),
      await publish("unendorsed", "key-2", ["webchat"]),
    ];
    return failureOf("keys") ?? { status: 200, body: { keys: list } };
  }

  function giveToken(path: string, form: URLSearchParams): Answer {
    const right =
      path === `/login/${bot.tenantId}/oauth2/v2.0/token` &&
      form.get("grant_type") === "client_credentials" &&
      form.get("client_id") === bot.appId &&
      form.get("client_secret") === bot.appPassword &&
      (form.get("scope") ?? "").split(" ").includes("https://api.botframework.com/.default");
    if (!right) return { status: 401, body: { error: "invalid_client" } };
    const token = `bot-token-${++counter}`;
    issued.add(token);
    return { status: 200, body: { token_type: "Bearer", expires_in: 3_599, access_token: token } };
  }

  function show(activity: Record<string, unknown>, into: ShownMessage): Answer | null {
    const attachments = (activity.attachments ?? []) as { contentType: string; content: unknown }[];
    if (activity.textFormat !== "plain" && activity.text) return { status: 400, body: "markdown" };
    if (!activity.text && attachments.length === 0) return { status: 400, body: "nothing to show" };
    for (const { content } of attachments) {
      const problem = findCardProblem(content);
      if (problem) return { status: 413, body: { error: { code: "BadCard", message: problem } } };
    }
    into.text = String(activity.text ?? "");
    into.summary = String(activity.summary ?? "");
    into.card = (attachments[0]?.content as ShownCard | undefined) ?? null;
    return null;
  }

  function conversations(method: string, path: string, activity: Record<string, unknown>): Answer {
    const [, conversation = "", kind, id] = (
      /^\/v3\/conversations\/([^/]+)\/(\w+)(?:\/([^/]+))?$/.exec(path) ?? []
    ).map((part) => decodeURIComponent(part ?? ""));
    if (method === "GET" && kind === "members") {
      const entry = roster.get(id ?? "");
      return failureOf("member") ?? (entry ? { status: 200, body: entry } : { status: 404, body: {} });
    }
    if (method === "GET" && kind === "pagedmembers") {
      return failureOf("members") ?? { status: 200, body: { members: chats.get(conversation) ?? [] } };
    }
    if (method === "POST" && kind === "activities" && activity.type === "typing") {
      typing.push(conversation);
      return failureOf("typing") ?? { status: 201, body: { id: `typing-${++counter}` } };
    }
    if (method === "POST" && kind === "activities") {
      if (postFailure?.isSo(JSON.stringify(activity))) {
        const { status } = postFailure.failure;
        postFailure = null;
        return { status, body: {} };
      }
      const failure = failureOf("post");
      if (failure) return failure;
      const message = {
        conversation,
        id: `m${++counter}`,
        text: "",
        card: null,
        summary: "",
        updateCount: 0,
      };
      const problem = show(activity, message);
      if (problem) return problem;
      messages.push(message);
      return { status: 201, body: { id: message.id } };
    }
    if (method === "PUT" && kind === "activities") {
      const failure = failureOf("edit");
      if (failure) return failure;
      const message = messages.find((known) => known.conversation === conversation && known.id === id);
      if (!message) return { status: 404, body: {} };
      message.updateCount += 1;
      return show(activity, message) ?? { status: 200, body: { id } };
    }
    return { status: 404, body: {} };
  }

  async function handle(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? "/", "http://connector");
    let body = "";
    for await (const chunk of request) body += String(chunk);
    if (pathname === "/openid" || pathname === "/keys") return keysDocument(pathname);
    if (pathname.startsWith("/login/")) return giveToken(pathname, new URLSearchParams(body));
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (!token || !issued.has(token)) return { status: 401, body: {} };
    const activity = body ? (JSON.parse(body) as Record<string, unknown>) : {};
    return conversations(request.method ?? "", pathname.replace(/^\/emea/, ""), activity);
  }

  const server = createServer((request, response) => {
    void handle(request).then(({ status, body, headers }) => {
      response
        .writeHead(status, { "Content-Type": "application/json", ...headers })
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${address()}/emea/`;

  /** Entra ID's own address, answered here. */
  const askEntra = async (url: string, options?: { body?: string; headers?: Record<string, string> }) => {
    const local = url.replace("https://login.microsoftonline.com", `${address()}/login`);
    const response = await fetch(local, { method: "POST", body: options?.body, headers: options?.headers });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as never,
    };
  };

  return {
    serviceUrl,
    endpoints: {
      tokenIssuer: issuer,
      openIdMetadataUrl: `${address()}/openid`,
      isServiceUrl: (url) => url.origin === address(),
      tokenNetwork: {
        sendPostRequestAsync: askEntra,
        sendGetRequestAsync() {
          throw new Error("The bot asked Entra ID for something else than its token.");
        },
      },
    },
    messages,
    typing,
    roster,
    chats,
    tokenCount: () => issued.size,
    sign({ key = "published", ...token } = {}) {
      return new SignJWT({ serviceurl: token.serviceUrl ?? serviceUrl })
        .setProtectedHeader({
          alg: "RS256",
          typ: "JWT",
          kid: token.keyId ?? (key === "unendorsed" ? "key-2" : keyId),
        })
        .setIssuer(token.issuer ?? issuer)
        .setAudience(token.audience ?? bot.appId)
        .setNotBefore("-2h")
        .setExpirationTime(Math.floor(Date.now() / 1_000) + (token.expiresIn ?? 3_600))
        .sign(keys[key].privateKey);
    },
    failNext(operation, failure) {
      failures.set(operation, [...(failures.get(operation) ?? []), failure]);
    },
    forgetFailures: () => failures.clear(),
    failPost(isSo, failure) {
      postFailure = { isSo, failure };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
