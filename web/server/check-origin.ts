import type { IncomingMessage } from "node:http";
import type { WebEnvironment } from "../env.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Why a request is refused, or null. The Host check stops DNS rebinding (another site's name pointed at
 * 127.0.0.1); the Origin check stops another site's page from posting with our cookie.
 */
export function refuseForeignRequest(
  request: IncomingMessage,
  environment: WebEnvironment,
  port: number,
): string | null {
  const host = request.headers.host?.toLowerCase() ?? "";
  const hosts = allowedHosts(environment, port);
  if (!hosts.has(host)) return `This server does not answer to the name "${host.slice(0, 100)}".`;
  // A WebSocket opens with a GET, but another site's page could listen through it with our cookie.
  const isSafe = safeMethods.has(request.method ?? "GET") && request.headers.upgrade === undefined;
  if (isSafe) return null;

  if (request.headers["sec-fetch-site"] === "cross-site") return "Requests from other sites are refused.";
  const origin = request.headers.origin;
  if (origin === undefined) return null; // not a browser: it has no cookie of ours to abuse
  const originHost = URL.canParse(origin) ? new URL(origin).host.toLowerCase() : "";
  return hosts.has(originHost) ? null : "Requests from other sites are refused.";
}

function allowedHosts(environment: WebEnvironment, port: number): Set<string> {
  const names = ["localhost", "127.0.0.1", "[::1]"];
  if (!environment.loopback && !["0.0.0.0", "::"].includes(environment.host)) names.push(environment.host);
  const hosts = names.map((name) => `${name}:${port}`);
  if (port === 80) hosts.push(...names);
  if (environment.publicUrl) hosts.push(environment.publicUrl.host);
  return new Set(hosts.map((name) => name.toLowerCase()));
}
