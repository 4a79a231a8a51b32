import type { Role } from "./permissions.ts";

/** Who asks, in which organization, and how they proved it. Made by a face, never from a request's body. */
export interface Actor {
  userId: string;
  name: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  via: (typeof ways)[number];
  /** Signed in by the demo's one click. */
  demo?: boolean;
  /** ISO time (real clock) at which this session's password was last given; absent: never. */
  signedInAt?: string;
}

/**
 * How an actor proved who they are. session: signed in with a browser. slack, teams: a linked member's signed
 * message. token, api_key: a program of theirs. local: the operator's own terminal. mcp: an AI assistant on stdio.
 */
const ways = ["session", "slack", "teams", "token", "api_key", "local", "mcp", "system"] as const;

/** Ways behind which a person sits, who may do what no program may: decide, undo, stop, change who may. */
export const personalWays: ReadonlySet<Actor["via"]> = new Set(["session", "slack", "teams"]);

/** Through which door a call came; kept in the audit log. */
export const sources = ["web", "rest", "mcp", "terminal", "slack", "teams", "agent", "worker"] as const;
export type Source = (typeof sources)[number];
