import type { Json, Timestamp } from "./column-types.ts";

type ChatPlatform = "slack" | "teams";

interface ChatWorkspaces {
  organization_id: string;
  platform: ChatPlatform;
  team_id: string;
  team_name: string;
  bot_name: string;
  connected_at: Timestamp;
}

interface ChatLinkCodes {
  organization_id: string;
  user_id: string;
  platform: ChatPlatform;
  code_hash: string;
  demo: boolean;
  expires_at: Timestamp;
}

export interface ChatLinks {
  id: string;
  organization_id: string;
  user_id: string;
  platform: ChatPlatform;
  team_id: string;
  chat_user_id: string;
  chat_name: string;
  demo: boolean;
  requested_at: Timestamp;
  confirm_before: Timestamp;
  confirmed_at: Timestamp | null;
}

interface ChatLinkAttempts {
  organization_id: string;
  platform: ChatPlatform;
  team_id: string;
  chat_user_id: string;
  window_start: Timestamp;
  attempt_count: number;
}

interface ChatThreads {
  organization_id: string;
  platform: ChatPlatform;
  team_id: string;
  channel_id: string;
  thread_id: string;
  user_id: string;
  conversation_id: string;
}

interface ChatMessages {
  organization_id: string;
  platform: ChatPlatform;
  team_id: string;
  channel_id: string;
  message_id: string;
  taken_at: Timestamp;
}

interface ChatCards {
  organization_id: string;
  platform: ChatPlatform;
  team_id: string;
  channel_id: string;
  message_id: string;
  address: Json<Record<string, string>>;
  proposal_id: string;
  posted_at: Timestamp;
}

/** Which chat account is which member, and where in a chat our messages stand. */
export interface ChatSchema {
  chat_workspaces: ChatWorkspaces;
  chat_link_codes: ChatLinkCodes;
  chat_links: ChatLinks;
  chat_link_attempts: ChatLinkAttempts;
  chat_threads: ChatThreads;
  chat_messages: ChatMessages;
  chat_cards: ChatCards;
}
