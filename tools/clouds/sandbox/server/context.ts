import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Ledger } from "../cost/ledger.ts";
import type { Estate } from "../estate.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Quotas } from "./quotas.ts";
import type { Tokens } from "./tokens.ts";

/** What the routes work on. */
export interface Sandbox {
  estate: Estate;
  ledger: Ledger;
  tokens: Tokens;
  quotas: Quotas;
  faults: Faults;
  stats: Stats;
  credentials: SandboxCredentials;
  /** https://127.0.0.1:port; known once the server listens. */
  origin(): string;
  onRequest(path: string): void | Promise<void>;
  /** Rows of a page of costs where the caller does not say. */
  costPageSize: number;
}

export interface SandboxCredentials {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** The secret is right but too old. */
  secretExpired?: boolean;
}

interface Stats {
  /** All requests that reached a route behind the token check. */
  requestCount: number;
  /** Requests that could change the cloud: PUT, PATCH, DELETE, and POST actions on a resource. */
  writeRequestCount: number;
}

export type Env = {
  Bindings: HttpBindings;
  Variables: {
    /** What the long-running operation of this request is to meet. */
    operationFault: Fault | undefined;
    /** Brings about what this request started, although nobody asks for it. */
    complete: (() => void) | undefined;
  };
};
export type SandboxContext = Context<Env>;

/** Path of a request as routes match it: lower case, no doubled slashes (SDKs send both). */
export function normalizedPath(request: Request): string {
  return originalPath(request).toLowerCase();
}

/** The same path in the caller's casing, for resources it names. */
export function originalPath(request: Request): string {
  return decode(new URL(request.url).pathname).replace(/\/{2,}/g, "/");
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray % matches no route; the answer is Azure's 404, not a crash.
    return path;
  }
}
