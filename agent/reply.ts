import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";
import type { Actor, Source } from "@cloudoptima/tools/kernel/actor.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { isStepCount, type ModelMessage, streamText } from "ai";
import { AnswerWriter } from "./answer-writer.ts";
import { noMemory, openMemory } from "./conversation.ts";
import { createInstructions } from "./instructions.ts";
import type { AgentChunk } from "./message.ts";
import { describeModelError } from "./model-error.ts";
import type { AgentModel } from "./models/agent-model.ts";
import { createAgentTools } from "./tools.ts";
import { TurnLedger } from "./turn-ledger.ts";
import { readVocabulary } from "./vocabulary.ts";

export interface ReplyRequest {
  service: ToolService;
  model: AgentModel;
  actor: Actor;
  /** One of the person's own conversations, or null for a single question that is not kept. */
  conversationId: string | null;
  message: string;
  /** The door the question came through; tools are called as "agent". */
  source: Source;
  signal?: AbortSignal;
}

// Enough for a comparison with its breakdowns; a model that needs more is going in circles.
const MOST_STEPS = 12;
const MODEL_OUTPUT_LIMIT = 24_000;
const ANALYST_OUTPUT_LIMIT = 10_000_000;

/** The one way in: answers a message as a stream of UI message chunks, every figure proven or marked. */
export function reply(request: ReplyRequest): ReadableStream<AgentChunk> {
  let isOpen = true;
  return new ReadableStream<AgentChunk>({
    async start(controller) {
      const send = (chunk: AgentChunk) => {
        if (isOpen) controller.enqueue(chunk);
      };
      await answer(request, send);
      if (isOpen) controller.close();
    },
    // A reader that leaves does not end the turn: it is finished and kept. `signal` stops it.
    cancel() {
      isOpen = false;
    },
  });
}

async function answer(request: ReplyRequest, send: (chunk: AgentChunk) => void): Promise<void> {
  const { service, model, actor, signal } = request;
  // Neither NUL nor half of a character can be kept or looked for; what else was asked is answered.
  const message = request.message.replaceAll("\0", "").toWellFormed();
  const ledger = new TurnLedger();
  // First of all: data parts written before it would vanish.
  send({
    type: "start",
    messageMetadata: { model: model.label, startedAt: Temporal.Now.instant().toString() },
  });
  let writer: AnswerWriter | undefined;
  try {
    const today = service.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
    const memory = request.conversationId
      ? await openMemory(service, actor, request.conversationId, request.source)
      : noMemory;
    const vocabulary = await readVocabulary(request);
    const personSaid = [...memory.personSaid, message];
    const saidPeriods = personSaid.flatMap((said) => {
      const found = findPeriods(said, Temporal.PlainDate.from(today));
      return [
        ...found.periods.map(({ period }) => period),
        ...(found.ambiguous ?? []).flatMap(({ options }) => options),
      ];
    });
    const surroundings = {
      personSaid,
      saidPeriods,
      today,
      vocabulary: vocabulary.names,
      hasOwnWording: model.isAnalyst,
    };
    writer = new AnswerWriter(ledger, surroundings, send);
    const messages: ModelMessage[] = [...memory.messages, { role: "user", content: message }];
    const result = streamText({
      model: model.languageModel,
      instructions: createInstructions({ organization: actor.organizationName, today }),
      messages,
      tools: createAgentTools(service, actor, ledger, {
        outputLimit: model.isAnalyst ? ANALYST_OUTPUT_LIMIT : MODEL_OUTPUT_LIMIT,
      }),
      stopWhen: isStepCount(MOST_STEPS),
      abortSignal: signal,
      providerOptions: model.isAnalyst
        ? {
            analyst: {
              today,
              vocabulary: vocabulary.entries.map((entry) => ({ ...entry })),
              examples: Object.fromEntries(
                service.registry.tools.map(({ name, examples }) => [name, [...examples]]),
              ),
            },
          }
        : undefined,
      // Errors arrive as a part of the stream; without this the SDK also prints them.
      onError: () => {},
    });
    for await (const part of result.stream) writer.write(part);
    const finished = await writer.finish();
    await memory.keep({
      question: message,
      answer: { ...finished, metadata: { model: model.label, ...finished.metadata } },
    });
    send({ type: "finish", messageMetadata: { model: model.label, ...finished.metadata } });
  } catch (error) {
    writer?.abandon();
    const { code, text } = describeModelError(error);
    send({ type: "message-metadata", messageMetadata: { model: model.label, errorCode: code } });
    send({ type: "error", errorText: text });
  }
}
