import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmbedder, type Embedder } from "./embedder.ts";

/** Each is one thing that the stand-in understands, whatever word is said for it. */
const concepts = [
  /backup|restore|recover|safety copy/gi,
  /tag|label|mark/gi,
  /zone|region|redundan/gi,
  /encrypt|secret|password/gi,
];

export interface EmbeddingServer {
  embedder: Embedder;
  /** Texts that were asked for, in order. */
  asked: string[];
  /** Answers with this status from now on; 200 as it should. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

/** A server that speaks OpenAI's embeddings API over HTTP; a text's vector counts what it is about. */
export async function startEmbeddingServer(model = "stand-in"): Promise<EmbeddingServer> {
  const asked: string[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
    asked.push(...input);
    const data = input.map((text, index) => ({
      object: "embedding",
      index,
      embedding: [0.01, ...concepts.map((concept) => text.match(concept)?.length ?? 0)],
    }));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify(
        status === 200
          ? { object: "list", model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }
          : { error: { message: "refused" } },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return {
    embedder: createEmbedder({ model, apiKey: undefined, baseUrl }),
    asked,
    answerWith: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
