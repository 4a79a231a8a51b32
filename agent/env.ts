import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { z } from "zod";

const optionalText = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

const AgentEnv = z.object({
  /** Model id, e.g. "gpt-5.2" or "llama3.3"; "analyst" or nothing means the built-in analyst. */
  MODEL: optionalText,
  OPENAI_API_KEY: optionalText,
  /** Any server that speaks OpenAI's chat API: Azure OpenAI, Ollama, vLLM, LM Studio. */
  OPENAI_BASE_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
});
export type AgentEnv = z.infer<typeof AgentEnv>;

/** The model's settings; a wrong value stops the start with a sentence that says how to mend it. */
export function readAgentEnv(source: Record<string, string | undefined> = process.env): AgentEnv {
  const parsed = AgentEnv.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", "OPENAI_BASE_URL is not an http(s) address.", {
    hint: "For example OPENAI_BASE_URL=http://localhost:11434/v1 for Ollama, or leave it unset.",
  });
}
