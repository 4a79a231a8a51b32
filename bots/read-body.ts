import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

const longestBody = 1_000_000;

/** The body of a chat platform's request; null when it is longer than any of them sends. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > longestBody) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
