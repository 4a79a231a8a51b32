import type { IncomingMessage } from "node:http";
import { isTooDeep } from "@cloudoptima/tools/kernel/is-too-deep.ts";
import { Refusal } from "./http-refusal.ts";

/** As the REST API takes: questions and proposals are small, costs are read from disk. */
const largestBodyBytes = 256 * 1024;

/** The one message of a request, or a refusal with its status. */
export async function readMessage(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "")) {
    throw new Refusal(415, "The body must be JSON.", 'Send the header "Content-Type: application/json".');
  }
  const message = parse(await readText(request));
  if (Array.isArray(message)) {
    // Many calls in one request would count as one against the key's limit.
    throw new Refusal(400, "Several messages in one request are not taken.", "Send each by itself.");
  }
  if (isTooDeep(message)) {
    throw new Refusal(
      400,
      "The message is nested too deep.",
      "No request needs so many lists and objects in each other.",
    );
  }
  return message;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not valid JSON.", "Send one JSON-RPC 2.0 message.");
  }
}

/** Refused as soon as it is larger than what we take, whatever its headers say. */
async function readText(request: IncomingMessage): Promise<string> {
  if (Number(request.headers["content-length"]) > largestBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection outlives a refusal, so that the client can read it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const tooLarge = () =>
  new Refusal(413, `The body is larger than ${largestBodyBytes / 1024} KiB.`, "Send less at once.");
