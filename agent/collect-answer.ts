import { AppError, errorCodes } from "@cloudoptima/tools/kernel/errors.ts";
import { getToolName, isToolUIPart, readUIMessageStream } from "ai";
import type { Answer, Figure } from "./answer.ts";
import { NOT_CALLED } from "./answer-writer.ts";
import type { AgentChunk, AgentMessage } from "./message.ts";
import { toPlainText } from "./proof/to-plain-text.ts";

/** Reads a whole reply into one object, for faces that do not stream. Throws AppError when the turn failed. */
export async function collectAnswer(stream: ReadableStream<AgentChunk>): Promise<Answer> {
  return toAnswer(await followReply(stream));
}

/**
 * Follows a reply to its end, telling each state of its message, for faces that redraw what they showed.
 * Throws AppError when the turn failed.
 */
export async function followReply(
  stream: ReadableStream<AgentChunk>,
  onState?: (message: AgentMessage) => void,
): Promise<AgentMessage | undefined> {
  let failure: unknown;
  let message: AgentMessage | undefined;
  const messages = readUIMessageStream<AgentMessage>({
    stream,
    onError: (error) => {
      failure = error;
    },
  });
  for await (const current of messages) {
    message = current;
    onState?.(current);
  }
  if (failure !== undefined) throw toAppError(failure, message);
  return message;
}

/** A kept or streamed message as an Answer. */
function toAnswer(message: AgentMessage | undefined): Answer {
  const parts = message?.parts ?? [];
  const texts = parts.flatMap((part) => (part.type === "text" ? [toPlainText(part.text)] : []));
  const suggestions = parts.flatMap((part) => (part.type === "data-suggestion" ? [part.data.text] : []));
  if (suggestions.length > 0) texts.push(`Next: ${suggestions.join("; ")}`);
  const toolCalls = parts.flatMap((part) => {
    if (!isToolUIPart(part)) return [];
    const name = getToolName(part);
    // A call whose input did not fit was never made, so no figure counts it.
    if (part.state === "output-available") return [{ name, input: part.input, output: part.output }];
    if (part.state === "output-error" && !part.errorText.startsWith(NOT_CALLED)) {
      return [{ name, input: part.input, output: { error: part.errorText } }];
    }
    return part.state === "input-available" ? [{ name, input: part.input, output: null }] : [];
  });
  return {
    answer: texts.filter(Boolean).join("\n\n"),
    figures: parts.flatMap((part): Figure[] => {
      if (part.type !== "data-figure") return [];
      const { text, value, unit, sources, formula } = part.data;
      return [{ text, value, unit, sources, formula }];
    }),
    toolCalls,
    views: parts.flatMap((part) => (part.type === "data-view" ? [part.data.view] : [])),
    model: message?.metadata?.model ?? "",
  };
}

function toAppError(failure: unknown, message: AgentMessage | undefined): AppError {
  const code = errorCodes.find((known) => known === message?.metadata?.errorCode) ?? "unavailable";
  return new AppError(code, failure instanceof Error ? failure.message : String(failure));
}
