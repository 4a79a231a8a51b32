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

/** Nobody answered: the server is gone, or the network is. */
export function noAnswer(): ApiError {
  return new ApiError(0, "The server does not answer.", "Is it still running? Nothing was lost.");
}
