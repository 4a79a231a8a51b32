import { defineOperation } from "@cloudoptima/tools/kernel/define-tool.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { View } from "@cloudoptima/tools/kernel/view.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { z } from "zod";
import { type Figure, formulas } from "./answer.ts";
import { collectAnswer } from "./collect-answer.ts";
import type { AgentModel } from "./models/agent-model.ts";
import { reply } from "./reply.ts";

const AnsweredFigure = z.object({
  text: z.string(),
  value: z.string().describe("Exact decimal"),
  unit: z.string().describe("ISO 4217 code, percent, count, days, …"),
  sources: z
    .array(z.object({ call: z.number().int(), pointer: z.string() }))
    .describe("Index into toolCalls, and a field of that call's output (RFC 6901)"),
  formula: z.enum(formulas),
}) satisfies z.ZodType<Figure>;

const AskedQuestion = z.object({
  answer: z.string().describe("Plain text; a figure that no result supports reads [unproven: …]"),
  figures: z.array(AnsweredFigure),
  toolCalls: z.array(
    z.object({
      name: z.string(),
      input: z.record(z.string(), z.unknown()),
      output: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  views: z.array(View),
  model: z.string(),
  conversationId: z.uuid().nullable().describe("To go on with; null when nothing was kept"),
});

export interface AskQuestionParts {
  /** The service whose tools the agent calls; a function, because the operation is named before it is open. */
  service(): ToolService;
  model: AgentModel;
}

/** Asking the agent in one request, for programs: the whole answer at once, with the proof of each figure. */
export function createAskQuestion({ service, model }: AskQuestionParts) {
  return defineOperation({
    name: "ask_question",
    title: "Ask a question",
    description:
      "Asks the agent in plain words and gives its whole answer, with the calls that its figures come from. Proposes changes at most, as the person who asks.",
    permission: "conversations:own",
    effect: "write",
    rest: "POST /ai/query",
    input: z.object({
      question: z.string().trim().min(1).max(4000),
      conversationId: z
        .uuid()
        .nullable()
        .optional()
        .describe("One of your own to go on with; left out: a new one is kept; null: nothing is kept"),
    }),
    output: AskedQuestion,
    async run(ctx, { question, conversationId }) {
      const { actor, source, signal } = ctx;
      const invoke = async (name: string, input: unknown) =>
        (await service().invoke({ actor, name, input, source })).output;
      const isNew = conversationId === undefined;
      const kept = isNew ? z.uuid().parse((await invoke("create_conversation", {})).id) : conversationId;
      try {
        const answer = reply({
          service: service(),
          model,
          actor,
          conversationId: kept,
          message: question,
          source,
          signal,
        });
        return AskedQuestion.parse({ ...(await collectAnswer(answer)), conversationId: kept });
      } catch (error) {
        if (isNew) await invoke("delete_conversation", { id: kept });
        // It was the model's server that refused our key: whoever asks is signed in, and need not sign in again.
        const { code, message } = AppError.from(error);
        throw code === "unauthenticated" ? new AppError("unavailable", message, { cause: error }) : error;
      }
    },
  });
}
export type AskQuestion = ReturnType<typeof createAskQuestion>;
