import type { Role } from "./permissions.ts";

/** Who asks, in which organization, and how they proved it. Made by a face, never from a request's body. */
export interface Actor {
  userId: string;
  name: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  /** session: signed in with a browser. local: the operator's own terminal. mcp: an AI assistant on stdio. */
  via: "session" | "api_key" | "local" | "mcp" | "system";
}

/** Through which door a call came; kept in the audit log. */
export const sources = ["web", "rest", "mcp", "terminal", "slack", "teams", "agent", "worker"] as const;
export type Source = (typeof sources)[number];
