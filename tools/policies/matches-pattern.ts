/** Whether a name is one of some patterns: the whole name, or its beginning before a `*` at the end. Case does not matter. */
export function matchesPattern(patterns: readonly string[], name: string): boolean {
  const wanted = name.toLowerCase();
  return patterns.some((pattern) => {
    const lower = pattern.toLowerCase();
    return lower.endsWith("*") ? wanted.startsWith(lower.slice(0, -1)) : wanted === lower;
  });
}
