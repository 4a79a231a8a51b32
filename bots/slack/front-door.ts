import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { verifySlackRequest } from "@slack/bolt";
import { readBody } from "../read-body.ts";

/** A request whose body was read, as Bolt's receiver takes it. */
export type BufferedRequest = IncomingMessage & { rawBody: Buffer };

export interface FrontDoorOptions {
  signingSecret: string;
  /** Real time in milliseconds. */
  now(): number;
  /** Told of each refused request, to be audited. */
  onRefused(reason: string): void;
}

/** Slack signs what is at most this old; a copied request is no use afterwards. */
const windowMs = 5 * 60_000;
const mostSignatures = 50_000;

/**
 * Lets in what Slack signed within the last five minutes and has not been seen before. Null: answered already,
 * with 401, 405 or 413.
 */
export function createFrontDoor({ signingSecret, now, onRefused }: FrontDoorOptions) {
  const seen = new Map<string, number>();

  /** Bolt checks age and signature; that a request comes once is ours to see. */
  function check(request: IncomingMessage, body: string): string | null {
    const signature = header(request, "x-slack-signature");
    const timestamp = Number(header(request, "x-slack-request-timestamp") || Number.NaN);
    try {
      verifySlackRequest({
        signingSecret,
        body,
        headers: { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp },
        nowMilliseconds: now(),
      });
    } catch (error) {
      return (error as Error).message.replace(/^Failed to verify authenticity: /, "");
    }
    if (timestamp * 1_000 > now() + windowMs) return "x-slack-request-timestamp lies in the future";
    if (seen.has(signature)) return "this request was received before";
    remember(signature);
    return null;
  }

  function remember(signature: string): void {
    const oldest = now() - 2 * windowMs;
    for (const [known, at] of seen) {
      if (at >= oldest && seen.size < mostSignatures) break;
      seen.delete(known);
    }
    seen.set(signature, now());
  }

  return async function letIn(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<BufferedRequest | null> {
    if (request.method !== "POST") return end(response, 405);
    const body = await readBody(request);
    if (body === null) return end(response, 413);
    const refusal = check(request, body.toString("utf8"));
    if (refusal === null) return Object.assign(request, { rawBody: body });
    onRefused(refusal);
    return end(response, 401);
  };
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function end(response: ServerResponse, status: number): null {
  response.writeHead(status).end();
  return null;
}
