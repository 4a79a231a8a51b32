import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { simulateReadableStream } from "ai";
import type { AgentModel } from "../agent-model.ts";
import { endLists } from "./end-lists.ts";
import { think } from "./think.ts";
import { readOptions, readTurn } from "./turn.ts";

const noUsage: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** Our own model: deterministic, no network. It understands, calls the same tools, and writes with references. */
export function createAnalyst(): AgentModel {
  const languageModel: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "cloudoptima",
    modelId: "built-in-analyst",
    supportedUrls: {},
    async doGenerate(options) {
      const content = decide(options);
      return { content, finishReason: finishOf(content), usage: noUsage, warnings: [] };
    },
    async doStream(options) {
      return {
        stream: simulateReadableStream({
          chunks: toParts(decide(options)),
          chunkDelayInMs: null,
          initialDelayInMs: null,
        }),
      };
    },
  };
  return { label: "built-in analyst", languageModel, isAnalyst: true };
}

function decide(options: LanguageModelV4CallOptions): LanguageModelV4Content[] {
  const turn = readTurn(options.prompt);
  const tools = (options.tools ?? []).map(({ name }) => name);
  const thought = think(turn, readOptions(options), new Set(tools));
  if ("say" in thought) return [{ type: "text", text: endLists(thought.say) }];
  // Call ids repeat for the same question, so that the same input gives the same answer byte for byte.
  const round = `${turn.said.length}-${turn.results.length}`;
  return thought.calls.map(({ name, input }, index) => ({
    type: "tool-call",
    toolCallId: `analyst-${round}-${index}`,
    toolName: name,
    input: JSON.stringify(input),
  }));
}

function finishOf(content: readonly LanguageModelV4Content[]): LanguageModelV4FinishReason {
  const unified = content.some(({ type }) => type === "tool-call") ? "tool-calls" : "stop";
  return { unified, raw: undefined };
}

function toParts(content: readonly LanguageModelV4Content[]): LanguageModelV4StreamPart[] {
  const parts: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings: [] }];
  for (const [index, item] of content.entries()) {
    if (item.type === "tool-call") parts.push(item);
    if (item.type !== "text") continue;
    const id = `text-${index}`;
    parts.push({ type: "text-start", id });
    for (const line of item.text.match(/[^\n]*\n+|[^\n]+$/g) ?? [])
      parts.push({ type: "text-delta", id, delta: line });
    parts.push({ type: "text-end", id });
  }
  parts.push({ type: "finish", finishReason: finishOf(content), usage: noUsage });
  return parts;
}
