/** What an RFC 6901 pointer leads to, with the objects on the way (outermost first) and their keys. */
export interface Located {
  value: unknown;
  keys: string[];
  ancestors: unknown[];
}

/** Follows own properties only; undefined when the pointer leads nowhere. */
export function locate(document: unknown, pointer: string): Located | undefined {
  if (pointer !== "" && !pointer.startsWith("/")) return undefined;
  const keys = pointer.split("/").slice(1).map(unescapeKey);
  const ancestors: unknown[] = [];
  let value = document;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    ancestors.push(value);
    value = (value as Record<string, unknown>)[key];
  }
  return { value, keys, ancestors };
}

/** A key as a segment of a pointer. */
export function escapeKey(key: string | number): string {
  return String(key).replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapeKey(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
