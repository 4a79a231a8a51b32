import { setTimeout as delay } from "node:timers/promises";
import { AzureError } from "./azure-error.ts";
import type { SandboxContext } from "./context.ts";
import type { Fault } from "./faults.ts";

/** Makes a request fail, or its answer late, cut or short, as the fault says. */
export async function applyFault(
  c: SandboxContext,
  fault: Fault,
  answer: () => Promise<void>,
): Promise<void> {
  switch (fault.kind) {
    case "throttle":
      throw new AzureError(429, "TooManyRequests", "The request is being throttled.", {
        headers: {
          ...(fault.retryAfterSeconds === null ? {} : { "Retry-After": String(fault.retryAfterSeconds) }),
          ...fault.headers,
        },
      });
    case "error":
      throw new AzureError(fault.status, "InternalServerError", "The server encountered an internal error.");
    case "expired_token":
      return answer();
    case "slow":
      await delay(fault.delayMs);
      return answer();
    case "cut":
      c.env.incoming.socket.destroy();
      c.res = new Response(null);
      return;
    case "cut_after":
    case "cut_under_way":
      c.set("operationFault", fault);
      await answer();
      if (fault.kind === "cut_after") c.get("complete")?.();
      c.env.incoming.socket.destroy();
      return;
    case "repeated_page":
    case "operation_fails":
    case "operation_hangs":
    case "operation_slow":
      c.set("operationFault", fault);
      return answer();
    case "lost_page":
      await answer();
      c.res = new Response(JSON.stringify(withoutRows(await c.res.json())), c.res);
      return;
  }
}

/** A page that arrives empty although the totals and the next link say otherwise. */
function withoutRows(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  const page: Record<string, unknown> = { ...body };
  if (Array.isArray(page.data)) Object.assign(page, { data: [], count: 0 });
  if (Array.isArray(page.value)) page.value = [];
  if (Array.isArray(page.Items)) page.Items = [];
  if (typeof page.properties === "object" && page.properties !== null && "rows" in page.properties) {
    page.properties = { ...page.properties, rows: [] };
  }
  return page;
}
