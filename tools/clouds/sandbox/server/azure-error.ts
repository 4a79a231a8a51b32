/** An answer in Azure's error shape: { error: { code, message } }. */
export class AzureError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly details: { code: string; message: string }[] | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { headers?: Record<string, string>; details?: { code: string; message: string }[] } = {},
  ) {
    super(message);
    this.name = "AzureError";
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.details = options.details;
  }

  body() {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.details ? { details: this.details } : {}),
      },
    };
  }
}

export function badRequest(message: string, code = "BadRequest"): AzureError {
  return new AzureError(400, code, message);
}
