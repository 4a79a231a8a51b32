import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { type AgentEnv, readAgentEnv } from "../env.ts";
import type { AgentModel } from "./agent-model.ts";
import { createAnalyst } from "./analyst/analyst-model.ts";
import { createOpenAiModel } from "./openai/create-openai-model.ts";

const DEFAULT_OPENAI_MODEL = "gpt-5.2";

/** A large model when the environment names one, the built-in analyst otherwise. */
export function selectModel(env: AgentEnv = readAgentEnv()): AgentModel {
  const { MODEL: model, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = env;
  const isConfigured = apiKey !== undefined || baseUrl !== undefined;
  if (model === "analyst" || (!model && !isConfigured)) return createAnalyst();
  if (!isConfigured) {
    throw new AppError("invalid_input", `MODEL is "${model}", but there is no key and no server for it.`, {
      hint: "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or unset MODEL.",
    });
  }
  if (baseUrl && !model) {
    throw new AppError("invalid_input", "OPENAI_BASE_URL is set, but not which model to ask there.", {
      hint: 'Set MODEL, for example MODEL="llama3.3".',
    });
  }
  return createOpenAiModel({ model: model ?? DEFAULT_OPENAI_MODEL, apiKey, baseUrl });
}
