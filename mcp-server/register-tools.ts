import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Tool, ToolEffect } from "@cloudoptima/tools/kernel/define-tool.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from "@modelcontextprotocol/sdk/types.js";
import { failureResult } from "./describe-failure.ts";
import { proposedText } from "./proposed-text.ts";
import { readableText } from "./readable-text.ts";
import { createProgressReporter } from "./report-progress.ts";
import type { Turns } from "./turns.ts";

export interface ToolSession {
  service: ToolService;
  actor: Actor;
  /** Where people reach the product; null when that is not known here. */
  address: string | null;
}

/** Of what failed on our side; the assistant is told no more than that. */
export interface McpLog {
  error(details: Record<string, unknown>, message: string): void;
}

export interface McpParts {
  /** Who calls now; may still be opening. */
  session(): Promise<ToolSession>;
  log: McpLog;
  /** Shared by all that one process serves. */
  turns: Turns;
}

/** Of one person at the same time. A page of the web asks about as much at once. */
export const mostCallsAtOnce = 6;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** What an assistant may assume of a tool, from its effect alone. Nothing here changes a cloud. */
function annotationsOf(effect: ToolEffect, title: string): ToolAnnotations {
  return {
    title,
    readOnlyHint: effect === "read",
    // A proposal or a note of our own removes nothing; a change needs a person's approval elsewhere.
    destructiveHint: false,
    idempotentHint: effect === "read",
    // The organization's own data, not the open world.
    openWorldHint: false,
  };
}

/**
 * Registers every tool of the registry (never an operation). The list answers at once, a call waits for the data and reports progress meanwhile.
 */
export function registerTools(server: McpServer, tools: readonly Tool[], parts: McpParts): void {
  for (const tool of tools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        // A misspelt field is an error the assistant can mend; left out in silence it answers another question.
        inputSchema: tool.input.strict(),
        outputSchema: tool.output,
        annotations: annotationsOf(tool.effect, tool.title),
      },
      (input: unknown, extra: Extra) => callTool(tool, input, extra, parts),
    );
  }
}

/** Characters of an answer. An assistant that is sent more cuts it off, or loses the conversation. */
const mostCharacters = 200_000;

/** An answer that was cut would be a wrong one: it is asked for in smaller pieces. */
function refuseTooLarge(output: Record<string, unknown>): void {
  const { length } = JSON.stringify(output);
  if (length <= mostCharacters) return;
  throw new AppError(
    "unsupported",
    `The answer has ${length.toLocaleString("en")} characters, more than an assistant can read.`,
    { hint: "Ask for less: a shorter period, weeks or months instead of days, fewer rows or groups." },
  );
}

async function callTool(
  tool: Tool,
  input: unknown,
  extra: Extra,
  { session, log, turns }: McpParts,
): Promise<CallToolResult> {
  try {
    const { service, actor, address } = await session();
    const onProgress = createProgressReporter(extra);
    // "There is no data" while the first data is being loaded would be a wrong answer.
    await service.dataReady(onProgress, extra.signal);
    const { signal } = extra;
    const { output, views } = await turns.take(`${actor.organizationId} ${actor.userId}`, signal, () =>
      service.invoke({ actor, name: tool.name, input, source: "mcp", signal, onProgress }),
    );
    refuseTooLarge(output);
    const text =
      tool.effect === "propose" ? proposedText(output, address) : readableText(tool.title, views, output);
    return {
      content: [{ type: "text", text }],
      structuredContent: output,
    };
  } catch (error) {
    // Who hung up has stopped the work: that it ended so is no fault.
    if (AppError.from(error).code === "internal" && !extra.signal.aborted) {
      log.error({ err: error, tool: tool.name }, "A tool failed for an assistant");
    }
    return failureResult(error);
  }
}
