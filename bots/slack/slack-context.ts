import type { Logger } from "pino";
import type { ChatAgent } from "../conversation.ts";
import type { Members } from "../members.ts";
import type { CardKeeper } from "../notifications.ts";
import type { ProductForBots } from "../product-for-bots.ts";
import type { SlackMessage } from "./answer-blocks.ts";
import type { BotIdentity } from "./bot-identity.ts";
import { escapeMrkdwn } from "./escape-mrkdwn.ts";
import type { SlackPlace } from "./live-message.ts";
import type { SlackApi } from "./slack-api.ts";
import type { SlackPeople } from "./slack-people.ts";

/** What the handlers of Slack's messages and clicks share. */
export interface SlackContext {
  product: ProductForBots;
  api: SlackApi;
  people: SlackPeople;
  members: Members;
  agent: ChatAgent;
  cards: CardKeeper;
  identity(): Promise<BotIdentity>;
  teamId: string;
  /** Where people reach the web, without a trailing slash; null when it is not known. */
  webAddress: string | null;
  log: Logger;
  /** Aborted when the process stops. */
  signal: AbortSignal;
  /** Real time in milliseconds. */
  now(): number;
  /** Least time between two updates of a growing answer. */
  updateIntervalMs: number;
}

/** Somebody who wrote or pressed, by Slack's signed payload. */
export interface SlackSender {
  userId: string;
  teamId: string;
}

/** Says something to one person only; in a direct message they are the only one anyway. */
export async function whisper(
  { api }: Pick<SlackContext, "api">,
  place: SlackPlace,
  userId: string,
  message: SlackMessage | string,
): Promise<void> {
  const shown = typeof message === "string" ? { text: escapeMrkdwn(message) } : message;
  const target = { channel: place.channelId, thread_ts: place.threadTs, ...shown };
  await api.insist((client) =>
    place.channelId.startsWith("D")
      ? client.chat.postMessage({ ...target, unfurl_links: false, unfurl_media: false })
      : client.chat.postEphemeral({ ...target, user: userId }),
  );
}
