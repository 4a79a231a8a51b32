import type { AskQuestion } from "@cloudoptima/agent/ask-question.operation.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { initTRPC, type TRPCMutationProcedure, type TRPCQueryProcedure } from "@trpc/server";
import { z } from "zod";
import { answerKey } from "./answer-key.ts";
import type { ApiEnvironment } from "./api.ts";
import { statusOf } from "./error-response.ts";
import { readDataState } from "./read-data-state.ts";
import { fromTrpcError, toTrpcError } from "./trpc-errors.ts";

export interface TrpcContext {
  /** Null: not signed in. */
  actor: Actor | null;
  requestId: string;
  signal: AbortSignal;
}

type Definition = (typeof definitions)[number] | AskQuestion;

type ProcedureOf<D extends Definition> = D["effect"] extends "read"
  ? TRPCQueryProcedure<{ meta: object; input: z.input<D["input"]>; output: z.output<D["output"]> }>
  : TRPCMutationProcedure<{ meta: object; input: z.input<D["input"]>; output: z.output<D["output"]> }>;

/** Every definition of the registry as a procedure of its own name: what reads is a query, the rest a mutation. */
type RegistryProcedures = { [D in Definition as D["name"]]: ProcedureOf<D> };

const t = initTRPC.context<TrpcContext>().create({
  isDev: false, // or stacks would reach the client
  errorFormatter({ shape, error, ctx }) {
    const known = fromTrpcError(error);
    return {
      ...shape,
      message: known.message,
      data: {
        code: known.code,
        httpStatus: statusOf(known),
        hint: known.hint,
        details: known.details,
        requestId: ctx?.requestId,
        path: shape.data.path,
      },
    };
  },
});

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (ctx.actor) return next({ ctx: { ...ctx, actor: ctx.actor } });
  throw toTrpcError(
    new AppError("unauthenticated", "You are not signed in.", { hint: "Open the start page to sign in." }),
  );
});

/** The typed calls of the web: the registry, and under `web` what only its pages need. */
export function createTrpcRouter(environment: Pick<ApiEnvironment, "service" | "answers" | "loading">) {
  const { service, answers } = environment;
  const { tools, operations } = service.registry;

  // The registry's own schema parses, in `invoke`: parsed here as well, two could differ.
  const raw = signedIn.input((input: unknown) => input);
  const procedureOf = (definition: AnyDefinition) => {
    const run = async ({ ctx, input }: { ctx: { actor: Actor; signal: AbortSignal }; input: unknown }) => {
      const { name } = definition;
      const { actor, signal } = ctx;
      try {
        return (await service.invoke({ actor, name, input: input ?? {}, source: "web", signal })).output;
      } catch (error) {
        throw toTrpcError(error);
      }
    };
    return definition.effect === "read" ? raw.query(run) : raw.mutation(run);
  };
  const procedures = Object.fromEntries(
    [...tools, ...operations].map((definition) => [definition.name, procedureOf(definition)]),
  ) as unknown as RegistryProcedures;

  const web = t.router({
    /** Until when the data reaches, and what is being loaded. */
    data_state: signedIn.query(({ ctx }) => translate(() => readDataState(environment, ctx.actor))),
    /** The question whose answer is being written right now in a conversation, or null. */
    answering: signedIn
      .input(z.object({ id: z.uuid() }))
      .query(({ ctx, input }) => answers.question(answerKey(ctx.actor, input.id))),
    /** The live run of a pinned answer's tool, with what draws it. A dashboard only looks: nothing that writes. */
    run_pin: signedIn
      .input(z.object({ toolName: z.string(), toolInput: z.record(z.string(), z.unknown()) }))
      .query(({ ctx: { actor, signal }, input: { toolName: name, toolInput: input } }) =>
        translate(async (): Promise<{ output: Record<string, unknown>; views: View[] }> => {
          const tool = tools.find((candidate) => candidate.name === name);
          if (tool?.effect !== "read") {
            throw new AppError("invalid_input", `"${name}" is not a tool that can be pinned.`);
          }
          return service.invoke({ actor, name, input, source: "web", signal });
        }),
      ),
  });

  return t.router({ ...procedures, web });
}

export type AppRouter = ReturnType<typeof createTrpcRouter>;

async function translate<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toTrpcError(error);
  }
}
