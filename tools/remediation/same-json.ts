import canonicalize from "canonicalize";

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  return canonicalize(left) === canonicalize(right);
}
