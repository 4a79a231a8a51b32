import { type ChatHandler, type ChatHandlerOptions, createChatHandler } from "../chat-handler.ts";
import type { SlackSettings } from "../chat-settings.ts";

export type SlackHandlerOptions = ChatHandlerOptions<SlackSettings>;

/** The bot of a Slack workspace as a request handler for the one port; it serves /slack/events. */
export function createSlackHandler(options: SlackHandlerOptions): ChatHandler {
  return createChatHandler(options, {
    name: "Slack",
    organizationVariable: "CLOUDOPTIMA_SLACK_ORGANIZATION",
    // Slack allows chat.update about fifty times a minute.
    updateIntervalMs: 1_250,
    async open(parts) {
      const { createSlackApp } = await import("./slack-app.ts");
      return createSlackApp(parts);
    },
  });
}
