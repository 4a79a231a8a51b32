import { type LiveMessage, liveMessage } from "../live-message.ts";
import type { SlackMessage } from "./answer-blocks.ts";
import { retryAfterSeconds, type SlackApi } from "./slack-api.ts";
import type { SlackContext } from "./slack-context.ts";

/** Where a message of ours goes. */
export interface SlackPlace {
  channelId: string;
  /** Undefined: not in a thread. */
  threadTs: string | undefined;
}

/** Posts a message that grows in place. */
export async function postLiveMessage(
  { api, log, now, updateIntervalMs }: SlackContext,
  place: SlackPlace,
  first: SlackMessage,
): Promise<LiveMessage<SlackMessage>> {
  const { ts } = await api.insist((client) =>
    client.chat.postMessage({
      channel: place.channelId,
      thread_ts: place.threadTs,
      unfurl_links: false,
      unfurl_media: false,
      ...first,
    }),
  );
  if (!ts) throw new Error("Slack did not say where the message stands.");
  const edit = async (client: SlackApi["client"], message: SlackMessage) => {
    await client.chat.update({ channel: place.channelId, ts, ...message });
  };
  return liveMessage(
    {
      edit: (message) => edit(api.client, message),
      insist: (message) => api.insist((client) => edit(client, message)),
      pauseAfter(error) {
        const seconds = retryAfterSeconds(error);
        return seconds === null ? null : seconds * 1_000;
      },
    },
    { log, now, intervalMs: updateIntervalMs },
  );
}
