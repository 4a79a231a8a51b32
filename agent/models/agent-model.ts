import type { LanguageModelV4 } from "@ai-sdk/provider";

/** Who answers. `label` is what the reader sees. */
export interface AgentModel {
  label: string;
  languageModel: LanguageModelV4;
  /** The built-in analyst reads the organization's names and clock from the call's provider options. */
  isAnalyst: boolean;
}
