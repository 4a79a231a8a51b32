import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/sdk/types.js";

/** Knows which requests have no answer yet, so that a closed stdin does not cut off what was asked before. */
export function trackPendingRequests(transport: Transport): { settled(): Promise<void> } {
  const pending = new Set<RequestId>();
  let notify: (() => void) | undefined;
  const finish = (id: RequestId | undefined) => {
    if (id !== undefined) pending.delete(id);
    if (pending.size === 0) notify?.();
  };

  const receive = transport.onmessage;
  transport.onmessage = (message, extra) => {
    if ("method" in message) {
      if ("id" in message) pending.add(message.id);
      // A cancelled request gets no answer.
      else if (message.method === "notifications/cancelled") {
        finish((message.params as { requestId?: RequestId } | undefined)?.requestId);
      }
    }
    receive?.(message, extra);
  };

  const send = transport.send.bind(transport);
  transport.send = async (message: JSONRPCMessage, options) => {
    await send(message, options);
    if (!("method" in message)) finish(message.id);
  };

  return {
    settled: () =>
      pending.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            notify = resolve;
          }),
  };
}
