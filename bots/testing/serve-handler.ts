import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChatHandler } from "../chat-handler.ts";

/** A bot's handler behind a port of its own. */
export async function serveHandler(
  handler: ChatHandler,
  path: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
