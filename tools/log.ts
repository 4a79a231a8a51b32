import pino, { type DestinationStream, type Logger } from "pino";
import { redact } from "./kernel/redact.ts";

export interface LogOptions {
  level: string;
  /** Where lines go; stderr unless a test reads them. Stdout belongs to answers. */
  destination?: DestinationStream;
}

/** Structured logs on stderr; every field and message passes redaction, so that no secret is written. */
export function createLog({
  level,
  destination = pino.destination({ fd: 2, sync: true }),
}: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: (error: unknown) => redact(describeError(error)) },
      formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
      hooks: {
        logMethod(parameters, method) {
          const safe = parameters.map((parameter) =>
            typeof parameter === "string" ? redact(parameter) : parameter,
          ) as typeof parameters;
          method.apply(this, safe);
        },
      },
    },
    destination,
  );
}

interface ErrorDescription {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: ErrorDescription;
}

// Only known fields: errors of database and HTTP clients carry whole connections and requests, with secrets.
function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const description: ErrorDescription = { type: error.name, message: error.message };
  if ("code" in error) description.code = error.code;
  if (error.stack) description.stack = error.stack;
  if (error.cause !== undefined && depth < 4) description.cause = describeError(error.cause, depth + 1);
  return description;
}
