import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import type { Logger } from "pino";
import { type ChatHandler, createChatHandler, type Wait, waitFor } from "../chat-handler.ts";
import type { SlackSettings } from "../chat-settings.ts";
import type { ProductForBots } from "../product-for-bots.ts";

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
  wait?: Wait;
}

/** Slack allows chat.update about fifty times a minute. */
const updateIntervalMs = 1_250;

/** The bot of a Slack workspace as a request handler for the one port; it serves /slack/events. */
export function createSlackHandler(options: SlackHandlerOptions): ChatHandler {
  const { settings, product, model, webAddress, log } = options;
  return createChatHandler({
    platform: "Slack",
    settings,
    organizationVariable: "CLOUDOPTIMA_SLACK_ORGANIZATION",
    service: product.service,
    log,
    async open(whole, organization) {
      const { createSlackApp } = await import("./slack-app.ts");
      return createSlackApp({
        settings: whole,
        organization,
        product,
        model,
        webAddress,
        log,
        now: options.now ?? Date.now,
        updateIntervalMs: options.updateIntervalMs ?? updateIntervalMs,
        wait: options.wait ?? waitFor,
      });
    },
  });
}
