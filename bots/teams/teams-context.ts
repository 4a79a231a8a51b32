import type { Logger } from "pino";
import type { ChatAgent } from "../conversation.ts";
import type { Members } from "../members.ts";
import type { CardKeeper } from "../notifications.ts";
import type { ProductForBots } from "../product-for-bots.ts";
import type { TeamsApi } from "./teams-api.ts";
import type { ReadChatSender } from "./teams-people.ts";

/** What the handlers of Teams' messages and clicks share. */
export interface TeamsContext {
  product: ProductForBots;
  api: TeamsApi;
  senderOf: ReadChatSender;
  members: Members;
  agent: ChatAgent;
  cards: CardKeeper;
  tenantId: string;
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
