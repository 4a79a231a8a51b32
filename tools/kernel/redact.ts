const secretName =
  /pass(word|phrase)?$|secret|token|credential|(api|access|account|private|shared|signing)_?key|link_?code|authorization|cookie/i;
/** user:password@ in an address; bounded, or a long text without spaces would be searched anew from each letter. */
const addressPassword = /([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]*):[^\s@]{1,4096}@/gi;
const bearer = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const maxDepth = 12;

/** A copy fit for logs and the audit: values of secret-looking fields and passwords in addresses are replaced. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    return value.replace(addressPassword, "$1:[redacted]@").replace(bearer, "$1 [redacted]");
  }
  if (value === null || typeof value !== "object") return value;
  if (depth >= maxDepth) return "[too deep]";
  if (value instanceof Date) return value;
  if (value instanceof Error) return redact(describeError(value), depth + 1);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretName.test(key) && item !== null && item !== undefined ? "[redacted]" : redact(item, depth + 1),
    ]),
  );
}

// Only known fields: errors of database and HTTP clients carry whole connections and requests, with secrets.
function describeError(error: Error): Record<string, unknown> {
  return {
    type: error.name,
    message: error.message,
    ...("code" in error ? { code: error.code } : {}),
    ...(error.stack ? { stack: error.stack } : {}),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  };
}
