import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a model says in one step. */
export interface ModelStep {
  text?: string;
  call?: { name: string; arguments: string };
  /** Instead of an answer. */
  status?: number;
  headers?: Record<string, string>;
  /** Cuts the connection after this many characters of text. */
  cutAfter?: number;
}

export interface OpenAiServer {
  url: string;
  /** Bodies as received, in order. */
  requests: { path: string; body: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** A local server that speaks OpenAI's chat completions and responses API, streaming, by a script of steps. */
export async function startOpenAiServer(steps: readonly ModelStep[]): Promise<OpenAiServer> {
  const requests: OpenAiServer["requests"] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as Record<string, unknown>;
    requests.push({ path: request.url ?? "", body });
    const step = steps[requests.length - 1] ?? { text: "The script is over." };
    if (step.status) {
      response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
      response.end(JSON.stringify({ error: { message: "raw-server-text", type: "x", code: "x" } }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (request.url?.endsWith("/responses")) speakResponses(response, step);
    else speakChat(response, step);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Text in pieces of three characters, so that figures and references arrive cut. */
function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,3}/g) ?? [];
}

function speakChat(response: ServerResponse, step: ModelStep): void {
  const send = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "test", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  send({ role: "assistant", content: "" });
  if (step.call) {
    const { name, arguments: text } = step.call;
    send({
      tool_calls: [
        { index: 0, id: `call_${name}_${text.length}`, type: "function", function: { name, arguments: "" } },
      ],
    });
    for (const piece of pieces(text)) send({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    send({}, "tool_calls");
  } else {
    let sent = 0;
    for (const piece of pieces(step.text ?? "")) {
      if (step.cutAfter !== undefined && sent >= step.cutAfter) {
        // Ends in the middle of the body, after what was written is sent.
        response.write(": cut\n\n", () => response.socket?.destroySoon());
        return;
      }
      send({ content: piece });
      sent += piece.length;
    }
    send({}, "stop");
  }
  response.end("data: [DONE]\n\n");
}

function speakResponses(response: ServerResponse, step: ModelStep): void {
  const send = (event: { type: string } & Record<string, unknown>) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  send({ type: "response.created", response: { id: "r1", created_at: 1, model: "test" } });
  if (step.call) {
    const item = {
      type: "function_call",
      id: "fc_1",
      call_id: `call_${step.call.name}`,
      name: step.call.name,
    };
    send({ type: "response.output_item.added", output_index: 0, item: { ...item, arguments: "" } });
    for (const delta of pieces(step.call.arguments)) {
      send({ type: "response.function_call_arguments.delta", item_id: "fc_1", output_index: 0, delta });
    }
    send({
      type: "response.output_item.done",
      output_index: 0,
      item: { ...item, arguments: step.call.arguments, status: "completed" },
    });
  } else {
    send({ type: "response.output_item.added", output_index: 0, item: { type: "message", id: "m1" } });
    for (const delta of pieces(step.text ?? "")) {
      send({ type: "response.output_text.delta", item_id: "m1", output_index: 0, content_index: 0, delta });
    }
    send({ type: "response.output_item.done", output_index: 0, item: { type: "message", id: "m1" } });
  }
  send({
    type: "response.completed",
    response: { incomplete_details: null, usage: { input_tokens: 1, output_tokens: 1 } },
  });
  response.end();
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
