import { Chat } from "@ai-sdk/react";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import { DefaultChatTransport } from "ai";
import { api, explainFailure } from "./api.ts";
import { ApiError } from "./api-error.ts";

const chats = new Map<string, Chat<AgentMessage>>();

/**
 * The chat of a conversation, kept for the life of the page: an answer goes on being received while the
 * person looks at another conversation or the dashboard.
 */
export function openChat(conversationId: string, messages: AgentMessage[]): Chat<AgentMessage> {
  const known = chats.get(conversationId);
  if (known) return known;
  const chat = new Chat<AgentMessage>({
    id: conversationId,
    messages,
    transport: new DefaultChatTransport<AgentMessage>({
      api: "/api/chat",
      fetch: explainingFetch,
      // The server keeps the conversation; only the new question crosses.
      prepareSendMessagesRequest: ({ id, messages }) => ({
        body: { conversationId: id, message: textOf(messages.at(-1)) },
      }),
    }),
  });
  chats.set(conversationId, chat);
  return chat;
}

/** The chat if this page knows it already. */
export function knownChat(conversationId: string): Chat<AgentMessage> | undefined {
  return chats.get(conversationId);
}

export function forgetChat(conversationId: string): void {
  chats.delete(conversationId);
}

/** Forgets everything, when another person or organization comes. */
export function forgetAllChats(): void {
  chats.clear();
}

/** Ends the answer on the server, which keeps what there is; the stream then closes by itself. */
export async function stopAnswer(chat: Chat<AgentMessage>): Promise<void> {
  await api(`/chat/${chat.id}/stop`, { method: "POST" }).catch(() => undefined);
  await chat.stop();
}

/** The plain text of a message. */
export function textOf(message: AgentMessage | undefined): string {
  return message?.parts.map((part) => (part.type === "text" ? part.text : "")).join("") ?? "";
}

// The SDK throws the body of a failed response as text; ours says what to do as well.
const explainingFetch: typeof fetch = async (input, init) => {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The connection to the server was lost.", "Your question is kept; try again.");
  }
  if (!response.ok) throw await explainFailure(response);
  return response;
};
