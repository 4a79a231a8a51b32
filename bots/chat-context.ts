import type { Logger } from "pino";
import type { ChatAgent } from "./conversation.ts";
import type { Members } from "./members.ts";
import type { CardKeeper } from "./notifications.ts";
import type { ProductForBots } from "./product-for-bots.ts";

/** What the handlers of a platform's messages and clicks share, whatever the platform. */
export interface ChatContext {
  product: ProductForBots;
  members: Members;
  agent: ChatAgent;
  cards: CardKeeper;
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
