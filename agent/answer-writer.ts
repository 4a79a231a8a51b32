import { readUIMessageStream, type TextStreamPart, type ToolSet } from "ai";
import { describeProvenance } from "./describe-provenance.ts";
import { isRecord } from "./is-record.ts";
import { liveInput } from "./live-input.ts";
import type { AgentChunk, AgentMessage } from "./message.ts";
import type { TurnSurroundings } from "./proof/exempt-spans.ts";
import { createFigureIds, TextProof } from "./proof/prove-text.ts";
import { toPlainText } from "./proof/to-plain-text.ts";
import { SafeToolError } from "./safe-error.ts";
import type { TurnLedger } from "./turn-ledger.ts";

/** Begins the error text of a call that never ran: no figure counts it. */
export const NOT_CALLED = "not_called:";
const MOST_VIEWS = 4;
const MOST_SUGGESTIONS = 3;

/** A finished answer, ready to be kept. */
export interface FinishedAnswer {
  content: string;
  parts: Record<string, unknown>[];
  metadata: { stopped?: boolean };
}

/**
 * Turns a model's stream into what the reader gets: text only through the proof, tool calls as they are,
 * views and suggestions after the text. Reasoning, files and sources of a model never pass.
 */
export class AnswerWriter {
  readonly #ledger: TurnLedger;
  readonly #send: (chunk: AgentChunk) => void;
  readonly #ids = createFigureIds();
  readonly #surroundings: TurnSurroundings;
  readonly #kept: TransformStream<AgentChunk, AgentChunk> = new TransformStream();
  readonly #keeper = this.#kept.writable.getWriter();
  readonly #message: Promise<AgentMessage | undefined>;
  readonly #suggestions: string[] = [];
  #proof: TextProof | undefined;
  #hasText = false;
  #stopped = false;

  constructor(ledger: TurnLedger, surroundings: TurnSurroundings, send: (chunk: AgentChunk) => void) {
    this.#ledger = ledger;
    this.#surroundings = surroundings;
    this.#send = send;
    this.#message = lastMessage(this.#kept.readable);
    void this.#keeper.write({ type: "start" });
  }

  write(part: TextStreamPart<ToolSet>): void {
    if (part.type === "start-step" || part.type === "finish-step") this.#out({ type: part.type });
    else if (part.type === "text-start") this.#proof = this.#openText(part.id);
    else if (part.type === "text-delta") this.#pushText(part.id, part.text);
    else if (part.type === "text-end") this.#closeText();
    else if (part.type === "tool-call") this.#writeCall(part);
    else if (part.type === "tool-result") {
      this.#out({ type: "tool-output-available", toolCallId: part.toolCallId, output: part.output });
    } else if (part.type === "tool-error" && this.#ledger.find(part.toolCallId)) {
      const errorText = safeText(part.error);
      this.#out({ type: "tool-output-error", toolCallId: part.toolCallId, errorText });
    } else if (part.type === "abort") this.#stopped = true;
    else if (part.type === "error") throw part.error;
  }

  /** Ends the answer: views, suggestions, and the message to keep. */
  async finish(): Promise<FinishedAnswer> {
    this.#closeText();
    if (!this.#hasText) this.#writeNothing();
    this.#writeViews();
    for (const text of this.#suggestions.slice(0, MOST_SUGGESTIONS)) {
      this.#out({ type: "data-suggestion", data: { text } });
    }
    await this.#keeper.close();
    const message = await this.#message;
    const parts = message?.parts ?? [];
    const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
    return {
      content: toPlainText(text),
      parts: JSON.parse(JSON.stringify(parts)) as Record<string, unknown>[],
      metadata: this.#stopped ? { stopped: true } : {},
    };
  }

  /** The turn failed: lets go of what was collected, after showing what was still held back. */
  abandon(): void {
    this.#closeText();
    this.#writeViews();
    void this.#keeper.abort().catch(() => {});
    this.#message.catch(() => {});
  }

  #out(chunk: AgentChunk): void {
    this.#send(chunk);
    void this.#keeper.write(chunk).catch(() => {});
  }

  #openText(id: string): TextProof {
    let isStarted = false;
    return new TextProof(this.#ledger, this.#surroundings, this.#ids, {
      figure: (figureId, figure) => {
        const call = this.#ledger.calls[figure.sources[0]?.call ?? -1];
        this.#out({
          type: "data-figure",
          id: `figure-${figureId}`,
          data: { id: figureId, ...figure, tool: call?.name ?? "", provenance: describeProvenance(call) },
        });
      },
      suggestion: (markdown) => this.#suggest(markdown),
      text: (markdown) => {
        if (!isStarted) {
          isStarted = true;
          this.#out({ type: "text-start", id });
        }
        if (markdown.trim() !== "") this.#hasText = true;
        this.#out({ type: "text-delta", id, delta: markdown });
      },
      end: () => {
        if (isStarted) this.#out({ type: "text-end", id });
      },
    });
  }

  #pushText(id: string, text: string): void {
    this.#proof ??= this.#openText(id);
    this.#proof.push(text);
  }

  #closeText(): void {
    this.#proof?.end();
    this.#proof = undefined;
  }

  #writeCall(part: Extract<TextStreamPart<ToolSet>, { type: "tool-call" }>): void {
    const { toolCallId, toolName, input } = part;
    if (part.invalid) {
      const errorText = `${NOT_CALLED} ${toolName} cannot use this input.`;
      this.#out({ type: "tool-input-error", toolCallId, toolName, input, errorText });
      return;
    }
    this.#ledger.open(toolCallId, toolName, input);
    this.#out({ type: "tool-input-available", toolCallId, toolName, input });
  }

  #writeViews(): void {
    const drawn = this.#ledger.calls.flatMap((call, index) => {
      const view = call.views[0];
      if (!view) return [];
      const { name: tool, input } = call;
      const pinInput = liveInput(input, this.#surroundings);
      return [{ id: `view-${index}`, call: index, tool, input, pinInput, view }];
    });
    for (const data of drawn.slice(0, MOST_VIEWS)) this.#out({ type: "data-view", id: data.id, data });
  }

  /** A next step with an unproven figure is not offered. */
  #suggest(markdown: string): void {
    for (const piece of markdown.split(/\s*\|\s*/)) {
      const text = toPlainText(piece).replace(/^["*_\s]+|["*_.\s]+$/g, "");
      if (text && !piece.includes("](#unproven)")) this.#suggestions.push(text);
    }
  }

  #writeNothing(): void {
    const id = "nothing";
    const text = this.#stopped ? "Stopped." : "The model gave no answer. Ask again, perhaps in other words.";
    this.#out({ type: "text-start", id });
    this.#out({ type: "text-delta", id, delta: text });
    this.#out({ type: "text-end", id });
  }
}

async function lastMessage(stream: ReadableStream<AgentChunk>): Promise<AgentMessage | undefined> {
  let last: AgentMessage | undefined;
  for await (const message of readUIMessageStream<AgentMessage>({ stream })) last = message;
  return last;
}

function safeText(error: unknown): string {
  if (error instanceof SafeToolError) return error.message;
  return isRecord(error) && error.name === "SafeToolError"
    ? String(error.message)
    : new SafeToolError(error).message;
}
