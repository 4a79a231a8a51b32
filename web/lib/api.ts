import { ApiError, noAnswer } from "./api-error.ts";
import { failureOf } from "./trpc.ts";

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
    throw noAnswer();
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
  const failure = failureOf(error);
  return failure ? [failure.message, failure.hint].filter(Boolean).join(" ") : String(error);
}

export interface SessionInfo {
  /** `demo`: signed in by the demo's one click, or with a password that it set. */
  person: { id: string; name: string; role: string; email: string; demo: boolean } | null;
  organization: { id: string; name: string } | null;
  organizations: { id: string; name: string; demo: boolean }[];
  /** Whom one click may look as, in the organization looked at. */
  demoPeople: { id: string; name: string; role: string }[];
  demoSignIn: boolean;
  /** Whether anyone may make an organization of their own. */
  registration: boolean;
  /** Whether the terminal printed a link for the first admin. */
  setUp: boolean;
  model: string;
}
