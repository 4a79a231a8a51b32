import type { Logger as BoltLogger, LogLevel } from "@slack/bolt";
import { webApi } from "@slack/bolt";
import type { Logger } from "pino";

/** Slack's Web API, with calls that must arrive told apart from those that may be left out. */
export interface SlackApi {
  client: webApi.WebClient;
  /** A call that must arrive: a rate limit is waited out as Slack says. */
  insist<Result>(work: (client: webApi.WebClient) => Promise<Result>): Promise<Result>;
}

export interface SlackApiOptions {
  botToken: string;
  apiUrl: string | undefined;
  log: Logger;
  /** Waits; ends early, by throwing, when the process stops. */
  wait(milliseconds: number): Promise<void>;
}

const mostTries = 5;
const longestWaitSeconds = 120;

export function createSlackApi({ botToken, apiUrl, log, wait }: SlackApiOptions): SlackApi {
  const client = new webApi.WebClient(botToken, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    logger: boltLogger(log),
    timeout: 15_000,
    retryConfig: { retries: 2, minTimeout: 250, maxTimeout: 2_000 },
    // The client's own way is to hold every call back until the limit ends, also those of other people.
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  });
  return {
    client,
    async insist(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work(client);
        } catch (error) {
          const seconds = retryAfterSeconds(error);
          if (seconds === null || attempt >= mostTries) throw error;
          await wait(Math.min(seconds, longestWaitSeconds) * 1_000);
        }
      }
    },
  };
}

/** How long Slack asks to wait; null when the error is not a rate limit. */
export function retryAfterSeconds(error: unknown): number | null {
  const { code, retryAfter } = error as { code?: string; retryAfter?: number };
  return code === webApi.ErrorCode.RateLimitedError ? (retryAfter ?? 1) : null;
}

/** Slack's own word for a failure, e.g. "message_not_found"; null for other errors. */
export function platformErrorOf(error: unknown): string | null {
  return (error as { data?: { error?: string } }).data?.error ?? null;
}

/** Slack's libraries log through ours; what they say below a warning is about themselves. */
export function boltLogger(log: Logger): BoltLogger {
  const write =
    (level: "debug" | "warn" | "error") =>
    (...words: unknown[]) => {
      log[level]({ from: "slack" }, words.map(String).join(" "));
    };
  return {
    debug: () => {},
    info: write("debug"),
    warn: write("warn"),
    error: write("error"),
    setLevel: () => {},
    getLevel: () => "info" as LogLevel,
    setName: () => {},
  };
}
