import { createOpenAI } from "@ai-sdk/openai";
import type { AgentModel } from "../agent-model.ts";

export interface OpenAiSettings {
  model: string;
  apiKey?: string;
  /** A server of one's own; OpenAI itself when absent. */
  baseUrl?: string;
}

/** OpenAI's responses API for OpenAI itself, the chat API (which everyone speaks) for any other server. */
export function createOpenAiModel({ model, apiKey, baseUrl }: OpenAiSettings): AgentModel {
  const isOpenAi = !baseUrl || new URL(baseUrl).hostname === "api.openai.com";
  // Local servers need no key, but the client insists on one.
  const provider = createOpenAI({ apiKey: apiKey ?? "not-needed", ...(baseUrl ? { baseURL: baseUrl } : {}) });
  return {
    label: model,
    languageModel: isOpenAi ? provider.responses(model) : provider.chat(model),
    isAnalyst: false,
  };
}
