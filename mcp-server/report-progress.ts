import type { Progress } from "@cloudoptima/tools/kernel/context.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";

/** At most this often: an assistant's log is no progress bar. */
const everyMs = 250;

/** Progress notifications for a call that asked for them; the protocol wants `progress` to grow each time. */
export function createProgressReporter(
  extra: RequestHandlerExtra<ServerRequest, ServerNotification>,
): (progress: Progress) => void {
  const progressToken = extra._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let last = 0;
  let sentMs = Number.NEGATIVE_INFINITY;
  return (update) => {
    const now = performance.now();
    if (extra.signal.aborted || now - sentMs < everyMs) return;
    sentMs = now;
    const grows = update.done !== undefined && update.done > last;
    last = grows ? update.done! : last + 1;
    // A lost notification must not fail the call that it tells about.
    void extra
      .sendNotification({
        method: "notifications/progress",
        params: {
          progressToken,
          progress: last,
          ...(grows && update.total !== undefined ? { total: update.total } : {}),
          message: singleLine(update.message),
        },
      })
      .catch(() => {});
  };
}
