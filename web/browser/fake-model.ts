import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeModel {
  /** For OPENAI_BASE_URL. */
  url: string;
  /** What the next answers say, piece by piece; `pause` between pieces waits for `release()`. */
  say(...pieces: (string | "pause")[]): void;
  release(): void;
  close(): Promise<void>;
}

/** A local server that speaks OpenAI's chat API and says what a test wants, as a large model might. */
export async function startFakeModel(): Promise<FakeModel> {
  let pieces: string[] = [];
  let release: () => void = () => undefined;

  const server = createServer(async (request, response) => {
    request.resume();
    await answer(response);
  });
  async function answer(response: ServerResponse) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const send = (delta: object, finish: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({
          id: "chatcmpl-1",
          object: "chat.completion.chunk",
          created: 1,
          model: "fake",
          choices: [{ index: 0, delta, finish_reason: finish }],
        })}\n\n`,
      );
    send({ role: "assistant", content: "" });
    for (const piece of pieces) {
      if (piece === "pause") {
        await new Promise<void>((resolve) => {
          release = resolve;
          response.on("close", resolve);
        });
      } else send({ content: piece });
    }
    send({}, "stop");
    response.end("data: [DONE]\n\n");
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    say: (...next) => {
      pieces = next;
    },
    release: () => release(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
