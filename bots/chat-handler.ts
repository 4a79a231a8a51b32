import type { RequestListener } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { Logger } from "pino";
import type { BotOrganization } from "./product-for-bots.ts";

/** A chat platform's bot as a request handler. */
export interface ChatHandler extends RequestListener {
  /** Ends when nothing that was asked or pressed is being worked on. */
  idle(): Promise<void>;
  /** Stops answers and waits for what runs. */
  close(): Promise<void>;
}

/** An opened bot. */
export interface ChatApp {
  handle: RequestListener;
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Waits for a rate limit; ends early, by throwing, when `signal` aborts. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const waitFor: Wait = (milliseconds, signal) => delay(milliseconds, undefined, { signal });

/**
 * Opens a platform's bot for its organization. Not set up: the route does not exist. The platform's library is
 * loaded only where it is set up (by `open`), so that everybody else starts as fast as before.
 */
export function createChatHandler<Settings extends { organizationName: string }>(options: {
  platform: string;
  settings: Settings | null;
  organizationVariable: string;
  service: ToolService;
  log: Logger;
  open(settings: Settings, organization: BotOrganization): Promise<ChatApp>;
}): ChatHandler {
  const { platform, settings, log } = options;
  if (!settings) {
    const absent: RequestListener = (_, response) => {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("Not found.\n");
    };
    return Object.assign(absent, { idle: async () => {}, close: async () => {} });
  }
  const opening = findOrganization(settings, options).then((found) => options.open(settings, found));
  opening.catch((err: unknown) => log.error({ err }, `${platform} could not be set up`));
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
  { organizationName }: { organizationName: string },
  {
    platform,
    service,
    organizationVariable,
  }: { platform: string; service: ToolService; organizationVariable: string },
): Promise<BotOrganization> {
  const organization = (await service.organizations()).find(({ name }) => name === organizationName);
  if (organization) return organization;
  throw new AppError("not_found", `There is no organization named "${organizationName}" for ${platform}.`, {
    hint: `Set ${organizationVariable} to one that npm run cloudoptima -- organizations lists.`,
  });
}
