import type { ServerResponse } from "node:http";
import { httpStatuses, retryAfter } from "@cloudoptima/tools/kernel/error-over-http.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { sentenceOf } from "./describe-failure.ts";

/** A request that is no message of the protocol, with the HTTP status for it. */
export class Refusal extends AppError {
  readonly status: number;

  constructor(status: number, message: string, hint: string) {
    super("invalid_input", message, { hint });
    this.status = status;
  }
}

/** As the protocol's library numbers a request that its transport refuses. */
const transportError = -32_000;

/** Answers a request that was never handed to the protocol: its status, and a JSON-RPC error that says what to do. */
export function sendRefusal(response: ServerResponse, thrown: unknown): void {
  const error = AppError.from(thrown);
  const status = error instanceof Refusal ? error.status : httpStatuses[error.code];
  response
    .writeHead(status, {
      "Content-Type": "application/json",
      ...(status === 401 ? { "WWW-Authenticate": 'Bearer realm="CloudOptima AI"' } : {}),
      ...(status === 405 ? { Allow: "POST" } : {}),
      ...retryAfter(error),
      // What is left of the body is not read, so the connection ends: told, no client sends its next request on it.
      ...(response.req.complete ? {} : { Connection: "close" }),
    })
    .end(
      JSON.stringify({
        jsonrpc: "2.0",
        id: null,
        error: { code: transportError, message: sentenceOf(error), data: { code: error.code } },
      }),
    );
}
