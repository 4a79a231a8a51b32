import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";

/** A failure the API explained: what happened (message) and what to do (hint). */
export class ApiError extends Error {
  readonly status: number;
  readonly hint: string | undefined;

  constructor(status: number, message: string, hint?: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.hint = hint;
  }
}

/** Calls /api and parses JSON; every failure becomes an ApiError with words for a person. */
export async function api<Result>(
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<Result> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method: init.method ?? (init.body === undefined ? "GET" : "POST"),
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { "Content-Type": "application/json" } }),
    });
  } catch {
    throw new ApiError(0, "The server does not answer.", "Is it still running? Nothing was lost.");
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Result;
  throw await explainFailure(response);
}

/** The ApiError of a response that was not ok. */
export async function explainFailure(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as {
    error?: { message?: string; details?: { hint?: string } };
  } | null;
  const message = body?.error?.message ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, message, body?.error?.details?.hint);
}

/** Anything a call threw, in words for a person: what happened and what to do. */
export function problemText(error: unknown): string {
  return error instanceof ApiError ? [error.message, error.hint].filter(Boolean).join(" ") : String(error);
}

export interface SessionInfo {
  person: { name: string; role: string } | null;
  organization: { id: string; name: string } | null;
  organizations: { id: string; name: string; demo: boolean }[];
  demoSignIn: boolean;
  model: string;
}

export interface DataState {
  freshness: { dataUntil: string | null; dataFrom: string | null; loadedAt: string | null } | null;
  loading: { message: string; done?: number; total?: number; unit?: string }[];
  /** Why loading ended early. */
  problem: string | null;
  now: string;
}

export interface ConversationSummary {
  id: string;
  title: string;
  updatedAt: string;
}

export interface ConversationDetail extends ConversationSummary {
  messages: AgentMessage[];
  /** The question whose answer is being written right now, to be followed as a stream; null otherwise. */
  answering: string | null;
}

export interface Pin {
  id: string;
  title: string;
  toolName: string;
  toolInput: Record<string, unknown>;
}

export interface ToolRun {
  output: Record<string, unknown>;
  views: View[];
}
