import type { RequestListener } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { Logger } from "pino";
import type { BotOrganization, ProductForBots } from "./product-for-bots.ts";

/** A chat platform's bot as a request handler. */
export interface ChatHandler extends RequestListener {
  /** Ends when nothing that was asked or pressed is being worked on. */
  idle(): Promise<void>;
  /** Stops answers and waits for what runs. */
  close(): Promise<void>;
}

/** An opened bot. */
export interface ChatApp extends Pick<ChatHandler, "idle" | "close"> {
  handle: RequestListener;
}

/** Waits for a rate limit; ends early, by throwing, when `signal` aborts. */
type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const waitFor: Wait = (milliseconds, signal) => delay(milliseconds, undefined, { signal });

interface ChatParts {
  product: ProductForBots;
  model: AgentModel;
  /** Where people reach the web, e.g. https://cost.example.com; null when it is not known. */
  webAddress: string | null;
  log: Logger;
}

/** What a platform's handler is made from. */
export interface ChatHandlerOptions<Settings> extends ChatParts {
  /** Null: the platform is not set up, and its route does not exist. */
  settings: Settings | null;
  /** Real time in milliseconds. */
  now?(): number;
  updateIntervalMs?: number;
  wait?: Wait;
}

/** What a platform's bot is opened with. */
export interface ChatAppOptions<Settings> extends ChatParts {
  settings: Settings;
  organization: BotOrganization;
  /** Real time in milliseconds; signatures, tokens and rate limits go by it. */
  now(): number;
  updateIntervalMs: number;
  wait: Wait;
}

interface ChatKind<Settings> {
  name: string;
  organizationVariable: string;
  /** Least time between two updates of a growing answer, by the platform's rate limit. */
  updateIntervalMs: number;
  open(options: ChatAppOptions<Settings>): Promise<ChatApp>;
}

/**
 * Opens a platform's bot for its organization. Not set up: the route does not exist. The platform's library is
 * loaded only where it is set up (by `open`), so that everybody else starts as fast as before.
 */
export function createChatHandler<Settings extends { organizationName: string }>(
  options: ChatHandlerOptions<Settings>,
  kind: ChatKind<Settings>,
): ChatHandler {
  const { settings, product, model, webAddress, log } = options;
  if (!settings) {
    const absent: RequestListener = (_, response) => {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("Not found.\n");
    };
    return Object.assign(absent, { idle: async () => {}, close: async () => {} });
  }
  const opening = findOrganization(product.service, settings.organizationName, kind).then((organization) =>
    kind.open({
      settings,
      organization,
      product,
      model,
      webAddress,
      log,
      now: options.now ?? Date.now,
      updateIntervalMs: options.updateIntervalMs ?? kind.updateIntervalMs,
      wait: options.wait ?? waitFor,
    }),
  );
  opening.catch((err: unknown) => log.error({ err }, `${kind.name} could not be set up`));
  const handle: RequestListener = (request, response) => {
    opening.then(
      (app) => app.handle(request, response),
      () => response.writeHead(503, { "Retry-After": "60" }).end(),
    );
  };
  return Object.assign(handle, {
    idle: async () => (await opening).idle(),
    close: async () => (await opening.catch(() => null))?.close(),
  });
}

async function findOrganization(
  service: ToolService,
  organizationName: string,
  { name: platform, organizationVariable }: Pick<ChatKind<never>, "name" | "organizationVariable">,
): Promise<BotOrganization> {
  const organization = (await service.organizations()).find(({ name }) => name === organizationName);
  if (organization) return organization;
  throw new AppError("not_found", `There is no organization named "${organizationName}" for ${platform}.`, {
    hint: `Set ${organizationVariable} to one that npm run cloudoptima -- organizations lists.`,
  });
}
