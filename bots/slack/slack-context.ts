import type { ChatContext } from "../chat-context.ts";
import type { SlackMessage } from "./answer-blocks.ts";
import type { BotIdentity } from "./bot-identity.ts";
import { escapeMrkdwn } from "./escape-mrkdwn.ts";
import type { SlackPlace } from "./live-message.ts";
import type { SlackApi } from "./slack-api.ts";
import type { SlackPeople } from "./slack-people.ts";

/** What the handlers of Slack's messages and clicks share. */
export interface SlackContext extends ChatContext {
  api: SlackApi;
  people: SlackPeople;
  identity(): Promise<BotIdentity>;
  teamId: string;
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
