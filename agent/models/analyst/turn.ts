import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { z } from "zod";

/** A tool's answer of this turn, as the analyst reads it. */
export interface CallResult {
  /** Index for references. */
  call: number;
  name: string;
  input: Record<string, unknown>;
  output?: Record<string, unknown>;
  /** Our own sentence with its code in front: "no_data: There is no cost data for …". */
  error?: string;
}

/** What the analyst gets: the person's messages (the current one last) and this turn's results. */
export interface AnalystTurn {
  said: string[];
  results: CallResult[];
}

const AnalystOptions = z.object({
  today: z.iso.date(),
  vocabulary: z.array(
    z.object({ dimension: z.string(), tagKey: z.string().nullable(), key: z.string(), label: z.string() }),
  ),
  examples: z.record(z.string(), z.array(z.string())).default({}),
});
export type AnalystOptions = z.infer<typeof AnalystOptions>;

/** What code tells the analyst beside the prompt: the clock's day, the organization's names, the tools' examples. */
export function readOptions(options: LanguageModelV4CallOptions): AnalystOptions {
  return AnalystOptions.parse(options.providerOptions?.analyst ?? {});
}

const ModelOutput = z.object({ call: z.number(), output: z.record(z.string(), z.unknown()) });

export function readTurn(prompt: LanguageModelV4Prompt): AnalystTurn {
  const said: string[] = [];
  let results: CallResult[] = [];
  const inputs = new Map<string, Record<string, unknown>>();
  for (const message of prompt) {
    if (message.role === "user") {
      said.push(message.content.map((part) => (part.type === "text" ? part.text : "")).join("\n"));
      results = [];
    }
    if (message.role === "assistant") {
      for (const part of message.content) {
        if (part.type === "tool-call") inputs.set(part.toolCallId, part.input as Record<string, unknown>);
      }
    }
    if (message.role === "tool") {
      for (const part of message.content) {
        if (part.type !== "tool-result") continue;
        const base = { call: results.length, name: part.toolName, input: inputs.get(part.toolCallId) ?? {} };
        if (part.output.type === "json") {
          const parsed = ModelOutput.safeParse(part.output.value);
          if (parsed.success) results.push({ ...base, ...parsed.data });
        } else if (part.output.type === "error-text") results.push({ ...base, error: part.output.value });
        else if (part.output.type === "text") results.push({ ...base, error: part.output.value });
        else if (part.output.type === "error-json")
          results.push({ ...base, error: JSON.stringify(part.output.value) });
      }
    }
  }
  return { said, results };
}
