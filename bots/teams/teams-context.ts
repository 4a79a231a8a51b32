import type { ChatContext } from "../chat-context.ts";
import type { TeamsApi } from "./teams-api.ts";
import type { ReadChatSender } from "./teams-people.ts";

/** What the handlers of Teams' messages and clicks share. */
export interface TeamsContext extends ChatContext {
  api: TeamsApi;
  senderOf: ReadChatSender;
  tenantId: string;
}
