import type { Logger } from "pino";
import type { SlackMessage } from "./answer-blocks.ts";
import { retryAfterSeconds, type SlackApi } from "./slack-api.ts";

/** Where a message of ours goes. */
export interface SlackPlace {
  channelId: string;
  /** Undefined: not in a thread. */
  threadTs: string | undefined;
}

export interface LiveMessage {
  ts: string;
  /** Shows a state when there is time for it; of states that come faster than that the last is shown. */
  update(message: () => SlackMessage): void;
  /** Shows the end, whatever it takes. */
  finish(message: SlackMessage): Promise<void>;
}

export interface LiveMessageOptions {
  api: SlackApi;
  place: SlackPlace;
  log: Logger;
  /** Slack allows about one update a second. */
  intervalMs: number;
  now(): number;
}

/** Posts a message that grows: updates are left out, never queued, where Slack's rate limit leaves no room. */
export async function postLiveMessage(
  first: SlackMessage,
  { api, place, log, intervalMs, now }: LiveMessageOptions,
): Promise<LiveMessage> {
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
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let notBefore = now() + intervalMs;
  let shown = "";

  const send = async (message: SlackMessage) => {
    busy = true;
    try {
      await api.client.chat.update({ channel: place.channelId, ts, ...message });
      notBefore = now() + intervalMs;
    } catch (err) {
      notBefore = now() + Math.max(intervalMs, (retryAfterSeconds(err) ?? 0) * 1_000);
      if (retryAfterSeconds(err) === null) log.warn({ err }, "an answer's state could not be shown in Slack");
    } finally {
      busy = false;
    }
  };

  return {
    ts,
    update(message) {
      if (busy || now() < notBefore) return;
      const next = message();
      const content = JSON.stringify(next);
      if (content === shown) return;
      shown = content;
      running = send(next);
    },
    async finish(message) {
      await running;
      await api.insist((client) => client.chat.update({ channel: place.channelId, ts, ...message }));
    },
  };
}
