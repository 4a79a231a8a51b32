import { AppError, type ErrorCode } from "@cloudoptima/tools/kernel/errors.ts";
import { TRPCError } from "@trpc/server";

type TrpcCode = TRPCError["code"];

const trpcCodes: Record<ErrorCode, TrpcCode> = {
  invalid_input: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  no_data: "NOT_FOUND",
  unsupported: "UNPROCESSABLE_CONTENT",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

/** What tRPC itself refuses: a procedure that does not exist, a wrong method, a body that is no call. */
const ownCodes: Partial<Record<TrpcCode, ErrorCode>> = {
  BAD_REQUEST: "invalid_input",
  PARSE_ERROR: "invalid_input",
  NOT_FOUND: "not_found",
  METHOD_NOT_SUPPORTED: "unsupported",
  UNSUPPORTED_MEDIA_TYPE: "invalid_input",
  PAYLOAD_TOO_LARGE: "invalid_input",
};

/** Our error as tRPC carries it; the original is its cause. */
export function toTrpcError(thrown: unknown): TRPCError {
  const error = AppError.from(thrown);
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}

/** The AppError that a client is told of, whoever threw. */
export function fromTrpcError({ cause, code, message }: TRPCError): AppError {
  if (cause instanceof AppError) return cause;
  const own = ownCodes[code];
  return own ? new AppError(own, message, { cause }) : AppError.from(cause);
}
