import { followReply } from "@cloudoptima/agent/collect-answer.ts";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { ChatPlatform } from "@cloudoptima/tools/access/chat-links/chat-link-shapes.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { z } from "zod";
import { type AnswerParts, toAnswerParts } from "./answer-parts.ts";

/** A message to the bot. All ids are the platform's own. */
export interface ChatQuestion {
  teamId: string;
  channelId: string;
  /** What belongs together: a thread, or a direct message as a whole. */
  threadId: string;
  messageId: string;
  text: string;
}

export interface ChatAgent {
  /**
   * Answers a linked member's message in the thread's conversation; `onState` gets the answer while it grows.
   * Null: this message was taken up before. Throws AppError when it cannot be answered.
   */
  answer(
    member: Actor,
    question: ChatQuestion,
    options: {
      onStart(): Promise<void>;
      onState(parts: AnswerParts, working: string | null): void;
      signal: AbortSignal;
    },
  ): Promise<AnswerParts | null>;
}

const Opened = z.object({ conversationId: z.string().nullable(), isNew: z.boolean() });

/** The agent as a chat platform meets it: one conversation for each person in each thread. */
export function createChatAgent(options: {
  service: ToolService;
  model: AgentModel;
  platform: ChatPlatform;
}): ChatAgent {
  const { service, model, platform } = options;
  const turns = new Map<string, Promise<unknown>>();

  /** Two messages of one person in one thread are answered one after the other: the second may mean the first. */
  function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
    const settled = turn.then(
      () => {},
      () => {},
    );
    turns.set(key, settled);
    void settled.then(() => {
      if (turns.get(key) === settled) turns.delete(key);
    });
    return turn;
  }

  return {
    answer(member, { text, ...place }, { onStart, onState, signal }) {
      return inTurn([place.channelId, place.threadId, member.userId].join(" "), async () => {
        const { output } = await service.invoke({
          actor: member,
          name: "open_chat_thread",
          input: { platform, ...place },
          source: platform,
        });
        const { conversationId, isNew } = Opened.parse(output);
        if (!isNew) return null;
        await onStart();
        const stream = reply({
          service,
          model,
          actor: member,
          conversationId,
          message: text,
          source: platform,
          signal,
        });
        return toAnswerParts(
          await followReply(stream, (message) => onState(toAnswerParts(message), toolAtWork(message))),
        );
      });
    },
  };
}

/** The tool that a growing answer waits for, as people say it: "cost breakdown". */
function toolAtWork(message: AgentMessage): string | null {
  const running = message.parts.findLast(
    (part) => part.type.startsWith("tool-") && "state" in part && part.state === "input-available",
  );
  if (!running) return null;
  return running.type.replace(/^tool-(get_|list_)?/, "").replaceAll("_", " ");
}
