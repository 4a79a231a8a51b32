import { createOpenAI } from "@ai-sdk/openai";
import { embedMany } from "ai";
import { AppError } from "../kernel/errors.ts";

/** Turns texts into vectors whose nearness is nearness in meaning. */
export interface Embedder {
  /** Vectors of different models do not compare. */
  model: string;
  /** One vector per text, in their order. Throws unavailable when the model's server does not answer. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}

export interface EmbedderSettings {
  /** Model id, e.g. "text-embedding-3-small" or "nomic-embed-text". */
  model: string;
  apiKey: string | undefined;
  /** Any server that speaks OpenAI's embeddings API. */
  baseUrl: string | undefined;
}

/** By OpenAI, or a server that speaks its API. */
export function createEmbedder({ model, apiKey, baseUrl }: EmbedderSettings): Embedder {
  const provider = createOpenAI({
    // Servers of one's own often want no key; without any, the SDK would ask the environment for one.
    apiKey: apiKey ?? "none",
    ...(baseUrl ? { baseURL: baseUrl } : {}),
  });
  return {
    model,
    async embed(texts, signal) {
      try {
        const { embeddings } = await embedMany({
          model: provider.embeddingModel(model),
          values: [...texts],
          abortSignal: signal,
        });
        return embeddings;
      } catch (cause) {
        signal.throwIfAborted();
        throw new AppError("unavailable", `The embedding model ${model} did not answer.`, {
          hint: "Check EMBEDDING_MODEL, OPENAI_API_KEY and OPENAI_BASE_URL; until then knowledge is searched by words.",
          cause,
        });
      }
    },
  };
}
