import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { InferUIMessageChunk, UIMessage } from "ai";
import type { Figure } from "./answer.ts";

/**
 * Our UI message. The text of an answer is markdown in which each proven figure is a link to its proof,
 * `[$110,238](#figure-3)`, where 3 is the id of the `data-figure` part that came before it in the stream.
 * An unproven figure is `[123](#unproven)`. Tool calls are the AI SDK's own tool parts.
 */
export type AgentMessage = UIMessage<
  { model: string; startedAt?: string; stopped?: boolean; errorCode?: string },
  {
    figure: Figure & {
      id: string;
      tool: string /** e.g. "get_cost_breakdown, 1-31 Oct 2026, 1,240 rows" */;
      provenance: string;
    };
    /** `pinInput` is the input to run it with again later: "last month" instead of that month's days. */
    view: { id: string; call: number; tool: string; input: unknown; pinInput?: unknown; view: View };
    /** Next questions or steps that make sense, at most 3. */
    suggestion: { text: string };
  }
>;

/** One chunk of a streamed answer. */
export type AgentChunk = InferUIMessageChunk<AgentMessage>;
