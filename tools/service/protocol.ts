import { z } from "zod";
import { sources } from "../kernel/actor.ts";
import { AppError, errorCodes } from "../kernel/errors.ts";
import { PersonRequest } from "./attach.ts";

/** Who asks, as far as a process may say it: the owner looks up who that is and what they may. */
const Caller = z.discriminatedUnion("via", [
  z.strictObject({ via: z.enum(["local", "mcp"]), organizationName: z.string() }),
  // The key itself, each time, so that a revoked one ends at once.
  z.strictObject({ via: z.literal("api_key"), key: z.string().max(200) }),
]);
export type Caller = z.infer<typeof Caller>;

/** What another local process may ask the owner for; each is a POST to /<operation> with this JSON. */
export const requests = {
  invoke: z.object({
    caller: Caller,
    name: z.string(),
    input: z.unknown(),
    source: z.enum(sources),
    now: z.iso.datetime().optional(),
  }),
  organizations: z.object({}),
  localActor: z.object({ via: z.enum(["local", "mcp"]), organizationName: z.string().optional() }),
  keyActor: z.object({ key: z.string().max(200) }),
  person: z.object({ userId: z.string(), organizationId: z.string() }),
  asPerson: PersonRequest,
  /** Answers when the demo data of the first start is there. */
  dataReady: z.object({}),
  /** Asks a transient owner to let go of the data. */
  handOver: z.object({}),
  ping: z.object({}),
};
export type RequestName = keyof typeof requests;
export const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name);

const Failure = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  hint: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** The answer is one of these per line (NDJSON): progress lines, then a result or an error. */
export const AnswerLine = z.union([
  z.strictObject({
    progress: z.object({
      message: z.string(),
      done: z.number().optional(),
      total: z.number().optional(),
      unit: z.string().optional(),
    }),
  }),
  z.strictObject({ error: Failure }),
  /** The owner is letting go: nothing was started, ask the next owner. */
  z.strictObject({ moved: z.literal(true) }),
  z.strictObject({ result: z.unknown() }),
]);
export type AnswerLine = z.infer<typeof AnswerLine>;

/** An error as it crosses the socket: what a person may see, never a stack or an inner cause. */
export function toFailure(error: unknown): z.infer<typeof Failure> {
  const { code, message, hint, details } = AppError.from(error);
  return { code, message, hint, details };
}

export function fromFailure({ code, message, hint, details }: z.infer<typeof Failure>): AppError {
  return new AppError(code, message, { hint, details });
}
