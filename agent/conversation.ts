import { randomUUID } from "node:crypto";
import type { Actor, Source } from "@cloudoptima/tools/kernel/actor.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { ModelMessage } from "ai";
import { toPlainText } from "./proof/to-plain-text.ts";

interface KeptMessage {
  role: "user" | "assistant";
  content: string;
  parts: Record<string, unknown>[];
}

/** A conversation as the agent needs it: what was said, and a place to keep the new turn. */
export interface Memory {
  /** Earlier turns for the model: words and tool calls, without the stale results. */
  messages: ModelMessage[];
  /** What the person said before, oldest first. */
  personSaid: string[];
  keep(turn: KeptTurn): Promise<void>;
}

interface KeptTurn {
  question: string;
  answer: { content: string; parts: Record<string, unknown>[]; metadata: Record<string, unknown> };
}

// Enough for any follow-up; older turns rarely matter and cost tokens.
const TURNS_REMEMBERED = 10;
const DEFAULT_TITLE = "New conversation";

/** Nothing to remember: a single question. */
export const noMemory: Memory = { messages: [], personSaid: [], keep: async () => {} };

/** Loads one of the person's own conversations; throws not_found for anyone else's. */
export async function openMemory(
  service: ToolService,
  actor: Actor,
  conversationId: string,
  source: Source,
): Promise<Memory> {
  const invoke = async (name: string, input: unknown) =>
    (await service.invoke({ actor, name, input, source })).output;
  const conversation = (await invoke("get_conversation", {
    id: conversationId,
    limit: TURNS_REMEMBERED * 2,
  })) as { title: string; messages: KeptMessage[] };
  const { title, messages } = conversation;
  return {
    messages: messages.flatMap(toModelMessages),
    personSaid: messages.filter(({ role }) => role === "user").map(({ content }) => content),
    async keep({ question, answer }) {
      await invoke("append_messages", {
        conversationId,
        messages: [
          {
            id: randomUUID(),
            role: "user",
            content: question,
            parts: [{ type: "text", text: question }],
            metadata: {},
          },
          { id: randomUUID(), role: "assistant", ...answer },
        ],
      });
      if (messages.length === 0 && title === DEFAULT_TITLE) {
        await invoke("rename_conversation", { id: conversationId, title: titleOf(question) });
      }
    },
  };
}

function titleOf(question: string): string {
  const line = question.replace(/\s+/g, " ").trim();
  return line.length <= 80 ? line || DEFAULT_TITLE : `${line.slice(0, 79)}…`;
}

/** An earlier message for the model. Results are left out: a figure must come from a call of its own turn. */
function toModelMessages(message: KeptMessage): ModelMessage[] {
  if (message.role === "user") return [{ role: "user", content: message.content }];
  const calls = message.parts.flatMap((part) => {
    const { type, toolCallId, input } = part as { type?: string; toolCallId?: string; input?: unknown };
    return type?.startsWith("tool-") && toolCallId ? [{ toolCallId, toolName: type.slice(5), input }] : [];
  });
  const words = toPlainText(message.content);
  const result: ModelMessage[] = [];
  if (calls.length > 0) {
    result.push(
      { role: "assistant", content: calls.map((call) => ({ type: "tool-call" as const, ...call })) },
      {
        role: "tool",
        content: calls.map(({ toolCallId, toolName }) => ({
          type: "tool-result" as const,
          toolCallId,
          toolName,
          output: { type: "text" as const, value: "(shown then; call again for figures)" },
        })),
      },
    );
  }
  if (words) result.push({ role: "assistant", content: words });
  return result;
}
