import type { Caller } from "@cloudoptima/tools/access/access-parts.ts";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * Where a request comes from. Behind a proxy that is the last address that the proxy added: those before it are
 * whatever the client claims.
 */
export function callerOf(context: Context, source: "web" | "rest", behindProxy: boolean): Caller {
  const forwarded = behindProxy
    ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim()
    : undefined;
  return {
    address: (forwarded || connectedAddress(context)).slice(0, 100),
    userAgent: context.req.header("user-agent") ?? "",
    source,
  };
}

/** Absent where no connection stands behind the request, as in a test that calls the routes as functions. */
function connectedAddress(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? "unknown";
  } catch {
    return "unknown";
  }
}
