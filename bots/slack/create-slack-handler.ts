import type { RequestListener } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { Logger } from "pino";
import type { SlackSettings } from "../chat-settings.ts";
import type { ProductForBots } from "../product-for-bots.ts";
import type { SlackApp } from "./slack-app.ts";

export interface SlackHandlerOptions {
  /** Null: Slack is not set up, and the route does not exist. */
  settings: SlackSettings | null;
  product: ProductForBots;
  model: AgentModel;
  /** Where people reach the web, e.g. https://cost.example.com; null when it is not known. */
  webAddress: string | null;
  log: Logger;
  /** Real time in milliseconds. */
  now?(): number;
  updateIntervalMs?: number;
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Serves /slack/events. */
export interface SlackHandler extends RequestListener {
  /** Ends when nothing that was asked or pressed is being worked on. */
  idle(): Promise<void>;
  /** Stops answers and waits for what runs. */
  close(): Promise<void>;
}

/** Slack allows chat.update about fifty times a minute. */
const updateIntervalMs = 1_250;

/**
 * The bot of a Slack workspace as a request handler for the one port. Bolt is loaded only where Slack is set up,
 * so that everybody else starts as fast as before.
 */
export function createSlackHandler(options: SlackHandlerOptions): SlackHandler {
  const { settings } = options;
  if (!settings) {
    const absent: RequestListener = (_, response) => {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("Not found.\n");
    };
    return Object.assign(absent, { idle: async () => {}, close: async () => {} });
  }
  const opening = open(settings, options);
  opening.catch((err: unknown) => options.log.error({ err }, "Slack could not be set up"));
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

async function open(settings: SlackSettings, options: SlackHandlerOptions): Promise<SlackApp> {
  const { product, model, webAddress, log } = options;
  const [{ createSlackApp }, organizations] = await Promise.all([
    import("./slack-app.ts"),
    product.service.organizations(),
  ]);
  const organization = organizations.find(({ name }) => name === settings.organizationName);
  if (!organization) {
    throw new AppError(
      "not_found",
      `There is no organization named "${settings.organizationName}" for the Slack workspace.`,
      { hint: "Set CLOUDOPTIMA_SLACK_ORGANIZATION to one that npm run cloudoptima -- organizations lists." },
    );
  }
  return createSlackApp({
    settings,
    organization,
    product,
    model,
    webAddress,
    log,
    now: options.now ?? Date.now,
    updateIntervalMs: options.updateIntervalMs ?? updateIntervalMs,
    wait: options.wait ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
  });
}
